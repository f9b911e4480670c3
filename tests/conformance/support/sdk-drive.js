const node = (type, links = []) => ({ type, name: type, config: {}, links });
const nodes = { start: node('api-trigger', [{ key: 'next' }]), next: node('transform-data') };

/** What a flow needs beyond its name. */
const more = (kind) => (kind === 'flow' ? { nodes } : {});

/**
 * Every method of the SDK that asks the API for something, by its name on the client, with the kind of its answer and the call itself.
 * They run in this order: an element is made, read, changed, archived and restored.
 * A kind with [] is a page of them, '-' is no answer to look into.
 */
export const calls = [
  ['self.get', 'self', ({ tenant }) => tenant.self.get()],
  ['self.patch', 'self', ({ tenant }) => tenant.self.patch({ credentials: { key: 'secret' } })],

  ...tops('customers', 'customer', { name: 'Ada', internalId: 'ada-1' }, { search: 'Ada' }),
  ...tops('integrations', 'integration', { name: 'Chat', key: 'chat', connectorKey: 'slack' }, { search: 'Chat' }, 'integration', { list: 'integrationItem[]' }),
  ...tops('actions', 'action', { name: 'Say', key: 'say', type: 'connector-operation', config: { operationKey: 'post-message' } }, {}),
  ['action.reset', 'action', ({ manager, made }) => manager.action(made.action).reset()],
  ['action.run', 'actionRun', ({ tenant, at }) => tenant.action('post-message').run({ text: 'Hello' }, at)],
  ...tops('flows', 'flow', { name: 'Greet', key: 'greet', nodes }, { search: 'Greet' }),
  ['flow.reset', 'flow', ({ manager, made }) => manager.flow(made.flow).reset()],
  ...tops('dataSources', 'dataSource', { name: 'Messages', key: 'messages', collectionKey: 'messages' }, { search: 'Messages' }),
  ['dataSource.setup', '-', ({ manager, made }) => manager.dataSource(made.dataSource).setup()],
  ['dataSource.reset', 'dataSource', ({ manager, made }) => manager.dataSource(made.dataSource).reset()],
  ...tops('fieldMappings', 'fieldMapping', { name: 'Fields', key: 'fields', importValue: { text: { $var: '$.input.body' } } }, { search: 'Fields' }),
  ['fieldMapping.getAppSchema', '-', ({ manager, made }) => manager.fieldMapping(made.fieldMapping).getAppSchema()],
  ['fieldMapping.setup', 'fieldMapping', ({ manager, made }) => manager.fieldMapping(made.fieldMapping).setup()],
  ['fieldMapping.reset', 'fieldMapping', ({ manager, made }) => manager.fieldMapping(made.fieldMapping).reset()],
  ...tops('packages', 'package', { name: 'All of it', key: 'all' }, { search: 'All' }),
  ...tops('screens', 'screen', { name: 'Settings', key: 'settings', type: 'integration', blocks: [{ type: 'flow', flowKey: 'greet' }] }, { type: 'integration' }),
  ...tops('dataLinkTables', 'dataLinkTable', { name: 'People', key: 'people' }, { search: 'People' }),
  ...tops('appDataSchemas', 'appDataSchema', { name: 'Person', key: 'person', schema: { type: 'object' } }, { search: 'Person' }),
  ...tops('appEventTypes', 'appEventType', { name: 'Order placed', key: 'order-placed', schema: { type: 'object' } }, {}),

  ...instances('actionInstances', 'actionInstance', 'action', ({ at }) => ({ parentKey: 'say', ...at })),
  ['actionInstance.setup', '-', ({ tenant, made }) => tenant.actionInstance(made.actionInstance).setup()],
  ['actionInstance.run', 'actionRun', ({ tenant, at }) => tenant.actionInstance({ parentKey: 'post-message', autoCreate: true, ...at }).run({ text: 'Hello' })],
  ['actionInstance.reset', '-', ({ tenant, made }) => tenant.actionInstance(made.actionInstance).reset()],
  ...instances('flowInstances', 'flowInstance', 'flow', ({ at }) => ({ flowKey: 'greet', ...at }), { nodes }),
  ['flowInstances.create', 'flow', ({ tenant, at }) => tenant.flowInstances.create({ flowKey: 'greet', instanceKey: 'second', layer: 'connection', ...at })],
  ['flowInstance.disable', 'flow', ({ tenant, made }) => tenant.flowInstance(made.flowInstance).disable()],
  ['flowInstance.enable', 'flow', ({ tenant, made }) => tenant.flowInstance(made.flowInstance).enable()],
  ['flowInstance.setup', 'flow', ({ tenant, made }) => tenant.flowInstance(made.flowInstance).setup()],
  ['flowInstance.reset', 'flow', ({ tenant, made }) => tenant.flowInstance(made.flowInstance).reset({ name: true })],
  ['flowInstance.updateToLatestFlow', 'flow', ({ tenant, made }) => tenant.flowInstance(made.flowInstance).updateToLatestFlow()],
  ['flowInstance.startRun', 'flowRun', ({ tenant, made }) => tenant.flowInstance(made.flowInstance).startRun({ input: { n: 1 } }), 'flowRun'],
  ['flowInstance.run', 'flowRun', ({ tenant, made }) => tenant.flowInstance(made.flowInstance).run({ input: { n: 2 } })],
  ...instances('dataSourceInstances', 'dataSourceInstance', 'dataSource', ({ at }) => ({ dataSourceKey: 'messages', ...at }), { collectionKey: 'messages' }),
  ['dataSourceInstance.setup', '-', ({ tenant, made }) => tenant.dataSourceInstance(made.dataSourceInstance).setup()],
  ['dataSourceInstance.reset', '-', ({ tenant, made }) => tenant.dataSourceInstance(made.dataSourceInstance).reset()],
  ['dataSourceInstance.unifiedFieldsToNative', '-', ({ tenant, made }) => tenant.dataSourceInstance(made.dataSourceInstance).unifiedFieldsToNative({ text: 'Hello' })],
  ['dataSourceInstance.getCollection', 'dataCollection', ({ tenant, made }) => tenant.dataSourceInstance(made.dataSourceInstance).getCollection()],
  ['dataSourceInstance.createRecord', 'recordCreated', ({ tenant, made }) => tenant.dataSourceInstance(made.dataSourceInstance).createRecord({ fields: { text: 'Hi' } }), 'record'],
  ...records('dataSourceInstance', ({ tenant, made }) => tenant.dataSourceInstance(made.dataSourceInstance), {
    listRecords: ['recordList'], searchRecords: ['recordSearch', { query: 'Hi' }], matchRecord: ['recordMatch', { query: { text: 'Hi' } }],
    findRecords: ['recordFind', { query: { text: 'Hi' } }], findRecordById: ['recordFound', 'id'], updateRecord: ['recordUpdated', 'id', { fields: { text: 'Ho' } }], deleteRecord: ['-', 'id'],
  }),
  ...instances('fieldMappingInstances', 'fieldMappingInstance', 'fieldMapping', ({ at }) => ({ fieldMappingKey: 'fields', ...at })),
  ['fieldMappingInstance.setup', 'fieldMapping', ({ tenant, made }) => tenant.fieldMappingInstance(made.fieldMappingInstance).setup()],
  ['fieldMappingInstance.reset', 'fieldMapping', ({ tenant, made }) => tenant.fieldMappingInstance(made.fieldMappingInstance).reset()],
  ...instances('dataLinkTableInstances', 'dataLinkTableInstance', 'dataLinkTableInstance', ({ at }) => ({ dataLinkTableKey: 'people', ...at })),
  ['dataLinkTableInstance.createLink', '-', ({ tenant, made }) => tenant.dataLinkTableInstance(made.dataLinkTableInstance).createLink({ appRecordId: '1', externalRecordId: 'a', direction: 'both' })],
  ['dataLinkTableInstance.findLinks', 'dataLink[]', ({ tenant, made }) => tenant.dataLinkTableInstance(made.dataLinkTableInstance).findLinks({ appRecordId: '1' })],
  ['dataLinkTableInstance.deleteLink', '-', ({ tenant, made }) => tenant.dataLinkTableInstance(made.dataLinkTableInstance).deleteLink({ appRecordId: '1', externalRecordId: 'a' })],
  ...instances('appDataSchemaInstances', 'appDataSchemaInstance', 'appDataSchemaInstance', () => ({ appDataSchemaKey: 'person' })),
  ['appDataSchemaInstance.setup', '-', ({ tenant, made }) => tenant.appDataSchemaInstance(made.appDataSchemaInstance).setup()],
  ...instances('appEventSubscriptions', 'appEventSubscription', 'appEventSubscription', () => ({ appEventTypeKey: 'order-placed', instanceKey: 'mine' })),
  ['appEventSubscription.subscribe', 'appEventSubscription', ({ tenant, made }) => tenant.appEventSubscription(made.appEventSubscription).subscribe()],

  ['externalEventSubscriptions.find', 'externalEventSubscription[]', ({ tenant, at }) => tenant.externalEventSubscriptions().find(at)],
  ['externalEventSubscription.get', 'externalEventSubscription', ({ tenant, made }) => tenant.externalEventSubscription(made.externalEventSubscription).get()],
  ...['setup', 'unsubscribe', 'subscribe', 'resubscribe', 'refreshWebhook', 'pullEvents'].map((verb) => [
    `externalEventSubscription.${verb}`, '-', ({ tenant, made }) => tenant.externalEventSubscription(made.externalEventSubscription)[verb](),
  ]),

  ['flowRuns.find', 'flowRun[]', ({ tenant, at }) => tenant.flowRuns.find(at)],
  ['flowRuns.create', 'flowRun', ({ tenant, made }) => tenant.flowRuns.create({ flowInstanceId: made.flowInstance })],
  ['flowRun.get', 'flowRun', ({ tenant, made }) => tenant.flowRun(made.flowRun).get()],
  ['flowRun.getOutput', '-', ({ tenant, made }) => tenant.flowRun(made.flowRun).getOutput()],
  ['flowRun.getNodeRuns', '-', async ({ tenant, made }) => {
    const { items } = await tenant.flowRun(made.flowRun).getNodeRuns('next');
    made.nodeRun = items[0].id;
  }],
  ['flowRun.getNodeRun', '-', ({ tenant, made }) => tenant.flowRun(made.flowRun).getNodeRun('next', made.nodeRun)],
  ['flowRun.getNodeOutputs', '-', async ({ tenant, made }) => {
    const { items } = await tenant.flowRun(made.flowRun).getNodeOutputs('next');
    made.nodeOutput = items[0].id;
  }],
  ['flowRun.getNodeOutput', '-', ({ tenant, made }) => tenant.flowRun(made.flowRun).getNodeOutput('next', made.nodeOutput)],
  ['flowRun.repeat', 'flowRun', ({ tenant, made }) => tenant.flowRun(made.flowRun).repeat()],
  ['flowRun.stop', '-', ({ tenant, made }) => tenant.flowRun(made.flowRun).stop()],

  ['integration.setup', 'integration', ({ manager }) => manager.integration('slack').setup()],
  ['integration.getConnectorSpec', 'connectorSpec', ({ tenant }) => tenant.integration('slack').getConnectorSpec()],
  ['integration.getOperations', '-', ({ tenant }) => tenant.integration('slack').getOperations()],
  ['integration.getOperation', '-', ({ tenant }) => tenant.integration('slack').getOperation('post-message')],
  ['integration.getDataCollections', '-', ({ tenant }) => tenant.integration('slack').getDataCollections()],
  ['integration.getDataCollection', 'dataCollection', ({ tenant }) => tenant.integration('slack').getDataCollection('messages')],
  ...['action', 'flow', 'dataSource', 'fieldMapping'].flatMap((kind) => [
    [`integration.${kind}s.create`, kind, ({ manager }) => manager.integration('slack')[`${kind}s`].create({ name: 'Own', key: `own-${kind.toLowerCase()}`, ...more(kind) })],
    [`integration.${kind}s.list`, `${kind}[]`, ({ tenant }) => tenant.integration('slack')[`${kind}s`].list()],
    [`integration.${kind}.get`, kind, ({ tenant }) => tenant.integration('slack')[kind](`own-${kind.toLowerCase()}`).get()],
    [`integration.${kind}.patch`, kind, ({ manager }) => manager.integration('slack')[kind](`own-${kind.toLowerCase()}`).patch({ name: 'Changed' })],
    [`integration.${kind}.put`, kind, ({ manager }) => manager.integration('slack')[kind](`own-${kind.toLowerCase()}`).put({ name: 'Replaced', key: `own-${kind.toLowerCase()}`, ...more(kind) })],
    [`integration.${kind}.reset`, kind, ({ manager }) => manager.integration('slack')[kind](`own-${kind.toLowerCase()}`).reset()],
    [`integration.${kind}.archive`, '-', ({ manager }) => manager.integration('slack')[kind](`own-${kind.toLowerCase()}`).archive()],
  ]),

  ['connections.find', 'connection[]', ({ tenant }) => tenant.connections.find({})],
  ['connections.create', 'connection', ({ tenant }) => tenant.connections.create({ integrationKey: 'slack', credentials: { accessToken: 'secret' } }), 'connection'],
  ['connection.get', 'connection', ({ tenant, made }) => tenant.connection(made.connection).get()],
  ['connection.patch', 'connection', ({ tenant, made }) => tenant.connection(made.connection).patch({ name: 'Mine' })],
  ['connection.put', 'connection', ({ tenant, made }) => tenant.connection(made.connection).put({ name: 'Ours' })],
  ['connection.request', '-', ({ tenant, made }) => tenant.connection(made.connection).request('/messages', { text: 'Hi' })],
  ['connection.refreshCredentials', '-', ({ tenant, made }) => tenant.connection(made.connection).refreshCredentials()],
  ['connection.operation.get', '-', ({ tenant, made }) => tenant.connection(made.connection).operation('post-message').get()],
  ['connection.operation.run', 'operationRun', ({ tenant, made }) => tenant.connection(made.connection).operation('post-message').run({ input: { text: 'Hi' } })],
  ['connection.dataCollection.get', 'dataCollection', ({ tenant, made }) => tenant.connection(made.connection).dataCollection('messages').get()],
  ['connection.dataCollection.create', 'recordCreated', ({ tenant, made }) => tenant.connection(made.connection).dataCollection('messages').create({ fields: { text: 'Hi' } }), 'record'],
  ...records('connection.dataCollection', ({ tenant, made }) => tenant.connection(made.connection).dataCollection('messages'), {
    list: ['recordList', {}], search: ['recordSearch', { query: 'Hi' }], match: ['recordMatch', { query: { text: 'Hi' } }],
    findById: ['recordFound', 'id'], update: ['recordUpdated', 'id', { fields: { text: 'Ho' } }], delete: ['-', 'id'],
  }),
  ...['action', 'flow', 'dataSource', 'fieldMapping'].flatMap((kind) => {
    const key = { action: 'say', flow: 'greet', dataSource: 'messages', fieldMapping: 'fields' }[kind];
    const element = ({ tenant, made }) => tenant.connection(made.connection)[kind](key);
    return [
      [`connection.${kind}s.list`, `${kind}[]`, ({ tenant, made }) => tenant.connection(made.connection)[`${kind}s`].list()],
      [`connection.${kind}.create`, kind, (one) => element(one).create()],
      [`connection.${kind}.get`, kind, (one) => element(one).get()],
      [`connection.${kind}.patch`, kind, (one) => element(one).patch({ name: 'Mine' })],
      [`connection.${kind}.put`, kind, (one) => element(one).put({ name: 'Ours', ...more(kind) })],
      [`connection.${kind}.setup`, kind, (one) => element(one).setup()],
      ...(kind === 'flow'
        ? [['connection.flow.disable', 'flow', (one) => element(one).disable()], ['connection.flow.enable', 'flow', (one) => element(one).enable()]]
        : []),
      [`connection.${kind}.archive`, '-', (one) => element(one).archive()],
      [`connection.${kind}.reset`, '-', (one) => element(one).get({ autoCreate: true }).then(() => element(one).reset())],
    ];
  }),
  ['connection.action.run', 'actionRun', ({ tenant, made }) => tenant.connection(made.connection).action('post-message').run({ text: 'Hi' })],
  ['connection.flow.run', 'flowRun', ({ tenant, made }) => tenant.connection(made.connection).flow('greet').run({ input: {} })],
  ...['get', 'post', 'put', 'patch', 'delete'].map((verb) => [
    `connection.proxy.${verb}`, '-', async ({ tenant, made }) => {
      const { proxy } = tenant.connection(made.connection);
      made.proxied ??= (await tenant.connection(made.connection).dataCollection('messages').create({ fields: { text: 'Hi' } })).id;
      return verb === 'post' ? proxy.post('/messages', { text: 'Hi' }) : proxy[verb](`/messages/${made.proxied}`, { text: 'Ho' });
    },
  ]),
  ['connectionRequest', '-', ({ tenant, made }) => tenant.connectionRequest(made.connection, 'post-message', { text: 'Hi' })],
  // What connect() asks before it opens its window.
  ['integration.connect', '-', ({ tenant }) => tenant.post('/connection-options', { integrationKey: 'slack' })],
  ['connection.archive', '-', ({ tenant, made }) => tenant.connection(made.connection).archive()],

  ...[
    ['action', 'say'], ['flow', 'greet'], ['dataSource', 'messages'], ['fieldMapping', 'fields'], ['integration', 'slack'], ['package', 'all'],
    ['screen', 'settings'], ['dataLinkTable', 'people'], ['appDataSchema', 'person'], ['appEventType', 'order-placed'],
  ].map(([kind, key]) => [`${kind}(object).get`, kind, ({ manager }) => manager[kind]({ key }).get()]),
  ['customer(object).get', 'customer', ({ manager, made }) => manager.customer({ id: made.customer }).get()],
  ['action(object).run', 'actionRun', ({ tenant, at }) => tenant.action({ key: 'post-message', integrationKey: 'slack' }).run({ text: 'Hi' }, at)],
  ['action(object).reset', 'action', ({ manager }) => manager.action({ key: 'say' }).reset()],
];

/** The methods of the SDK that only put a path together. */
const askNothing = ['getUniqueIdentifier', 'getPath', 'getSelector', 'getId', 'uri', 'getProxyPath'];

/** The names of all methods of the SDK that ask for something, from the SDK itself. */
export function methodsOf(client) {
  const found = [];
  const visit = (object, name) => {
    for (let prototype = Object.getPrototypeOf(object); prototype.constructor !== Object; prototype = Object.getPrototypeOf(prototype)) {
      if (prototype.constructor.name === 'MembraneApiClient') break;
      for (const [method, { get, value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
        const full = name ? `${name}.${method}` : method;
        if (method === 'constructor' || askNothing.includes(method) || found.includes(full)) continue;
        const part = get ? object[method] : partOf(object, method, value);
        if (part) visit(part, full);
        else found.push(full);
      }
    }
  };
  visit(client, '');
  return found;
}

/** What a method such as action('x') gives to go on with; undefined for one that asks the API. */
function partOf(object, method, value) {
  if (value.constructor.name === 'AsyncFunction') return undefined;
  const part = value.call(object, 'x');
  return part instanceof Promise ? void part.catch(() => undefined) : part;
}

/** The life of an element that the workspace has. */
function tops(many, one, body, query, kind = one, { list = `${kind}[]` } = {}) {
  const element = ({ manager, made }) => manager[one](made[one]);
  return [
    [`${many}.create`, kind, ({ manager }) => manager[many].create(body), one],
    [`${many}.find`, list, ({ manager }) => manager[many].find(query)],
    [`${many}.findAll`, '-', ({ manager }) => manager[many].findAll(query)],
    [`${one}.get`, kind, (at) => element(at).get()],
    [`${one}.patch`, kind, (at) => element(at).patch({ name: `${body.name} 2` })],
    [`${one}.put`, kind, (at) => element(at).put(one === 'screen' ? { name: body.name, key: body.key, blocks: body.blocks } : without(body, one))],
    [`${one}.archive`, '-', (at) => element(at).archive()],
    [`${one}.restore`, '-', (at) => element(at).restore()],
  ];
}

/** An update of a customer knows no internalId, all others take what a create takes. */
const without = (body, one) => (['customer', 'user'].includes(one) ? { name: body.name } : body);

/** The life of what a connection or a tenant has of an element. */
function instances(many, one, kind, selector, body = {}) {
  const element = ({ tenant, made }) => tenant[one](made[one]);
  return [
    [`${one}.create`, kind, (at) => at.tenant[one](selector(at)).create(body), one],
    [`${many}.find`, `${kind}[]`, ({ tenant }) => tenant[many].find({})],
    [`${one}.get`, kind, (at) => at.tenant[one](selector(at)).get()],
    [`${one}.patch`, kind, (at) => element(at).patch({ name: 'Changed' })],
    [`${one}.put`, kind, (at) => element(at).put({ name: 'Replaced', ...body })],
    [`${one}.archive`, '-', (at) => element(at).archive()],
    [`${one}.restore`, '-', (at) => element(at).restore()],
    [`${one}.delete`, '-', async (at) => {
      await element(at).delete();
      await element(at).restore();
    }],
  ];
}

function records(name, collection, methods) {
  return Object.entries(methods).map(([method, [kind, ...parts]]) => [
    `${name}.${method}`,
    kind,
    (at) => collection(at)[method](parts.length === 0 ? undefined : Object.assign({}, ...parts.map((part) => (part === 'id' ? { id: at.made.record } : part)))),
  ]);
}
