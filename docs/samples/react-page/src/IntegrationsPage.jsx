import { useConnections, useIntegrations, useMembrane } from '@membranehq/react';
import { useEffect, useState } from 'react';

export function IntegrationsPage() {
  const membrane = useMembrane();
  const integrations = useIntegrations();
  const connections = useConnections();
  const [outcome, setOutcome] = useState('');

  // The service tells which connections change, also those that are changed elsewhere.
  useEffect(() => {
    let source;
    let isGone = false;
    membrane.createEventSource('sse/workspace').then((opened) => {
      if (isGone) return opened.close();
      source = opened;
      source.onmessage = ({ data }) => {
        const { type, elementType } = JSON.parse(data);
        // Nothing tells what changed before the stream was open.
        if (type === 'connected' || elementType === 'connection') connections.refresh();
      };
    }, (error) => setOutcome(error.message));
    return () => {
      isGone = true;
      source?.close();
    };
  }, [membrane]);

  /** Does something that ends with a connection, with nothing if the customer closed the page, or with an error. */
  async function run(what, work) {
    setOutcome('');
    try {
      const connection = await work();
      setOutcome(connection === null ? 'Nothing was connected.' : `${what}: ${connection?.name ?? 'done'}`);
    } catch (error) {
      setOutcome(error.message ?? String(error));
    }
    await connections.refresh();
  }

  const problem = integrations.error ?? connections.error;
  return (
    <>
      <h1>Integrations</h1>
      <p role="status">{outcome}</p>
      {problem && <p role="alert">{problem.message}</p>}

      <h2>Your connections</h2>
      {!connections.loading && connections.items.length === 0 && <p>None yet.</p>}
      <ul aria-label="Your connections">
        {connections.items.map((connection) => (
          <li key={connection.id}>
            <span className="name">{connection.name}</span>
            <span className={connection.disconnected ? 'state bad' : 'state'}>{connection.disconnected ? 'disconnected' : 'connected'}</span>
            <button onClick={() => run('Reconnected', () => membrane.ui.connect({ connectionId: connection.id }))}>Reconnect</button>
            <button onClick={() => run('Removed', () => membrane.connection(connection.id).archive())}>Remove</button>
          </li>
        ))}
      </ul>

      <h2>Apps</h2>
      {integrations.loading && <p>Loading …</p>}
      <ul aria-label="Apps">
        {integrations.items.map((integration) => (
          <li key={integration.id}>
            <img src={integration.logoUri} alt="" width="24" height="24" />
            <span className="name">{integration.name}</span>
            <button onClick={() => run('Connected', () => membrane.ui.connect({ integrationKey: integration.key }))}>Connect</button>
            <button onClick={() => run('Connected', () => membrane.integration(integration.key).connect())}>Connect in a window</button>
            <KeyForm integration={integration} onSubmit={(input) => run('Connected', () => connectWithKey(membrane, integration, input))} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Asks for the key of an app that is connected with one, on the page itself. */
function KeyForm({ integration, onSubmit }) {
  if (integration.authType !== 'client-credentials') return null;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(Object.fromEntries(new FormData(event.target)));
        event.target.reset();
      }}
    >
      <input name="apiKey" type="password" autoComplete="off" placeholder="API key" aria-label={`API key of ${integration.name}`} required />
      <button>Connect with the key</button>
    </form>
  );
}

/** Connects without another page: the SDK posts the key into a hidden frame of the service. */
async function connectWithKey(membrane, integration, input) {
  const options = await membrane.post('/connection-options', { integrationKey: integration.key });
  const option = options.find(({ type }) => type === 'client-credentials');
  return membrane.integration(integration.key).connect({ authOptionKey: option.key, input });
}
