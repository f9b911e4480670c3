import * as sdk from '@membranehq/sdk';
import { certify, certifyPage } from './certify.js';

/** Schema, promised fields and fields of other sources of the contract, for each kind of answer. */
const kinds = {
  self: [sdk.TenantSelfResponse, { having: ['name', 'workspaceKey'] }],
  // integrations: appUri stands in the published document's list items.
  integration: [sdk.IntegrationApiResponse, { having: ['key', 'name', 'connectorId'], beyond: ['appUri', 'connection.type', 'connection.integrationKey'] }],
  integrationItem: [sdk.IntegrationListItem, { having: ['id', 'key', 'name', 'connectorId'] }],
  connector: [sdk.Connector, { having: ['key', 'name', 'type'] }],
  // connections: type stands in the published document, integrationKey in the vendor's skills.
  connection: [sdk.ConnectionApiResponse, { having: ['state', 'tenantId', 'connectorId', 'connected', 'disconnected'], beyond: ['type', 'integrationKey'] }],
  connectionWithSecrets: [sdk.ConnectionApiResponseWithSecrets, { having: ['credentials'], beyond: ['type', 'integrationKey'] }],
  connectionRequest: [sdk.ConnectionRequest, { having: ['requestId', 'status', 'url'] }],
  action: [sdk.ActionApiResponse, { having: ['key', 'state', 'inputSchema', 'outputSchema'] }],
  actionRun: [sdk.ActionRunResponse, {}],
  agentSession: [sdk.AgentSession, { having: ['state', 'status', 'prompt'] }],
  searchResult: [sdk.WorkspaceElementSearchResult, { having: ['elementType', 'element'] }],
};

export const certified = (kind, value) => certify(kinds[kind][0], value, kinds[kind][1]);

export const certifiedPage = (kind, page) => certifyPage(kinds[kind][0], page, kinds[kind][1]);
