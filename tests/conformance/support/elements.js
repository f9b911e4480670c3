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
  connection: [sdk.ConnectionApiResponse, { having: ['state', 'tenantId', 'connected', 'disconnected'], beyond: ['type', 'integrationKey'] }],
  connectionWithSecrets: [sdk.ConnectionApiResponseWithSecrets, { having: ['credentials'], beyond: ['type', 'integrationKey'] }],
  connectionRequest: [sdk.ConnectionRequest, { having: ['requestId', 'status', 'url'] }],
  action: [sdk.ActionApiResponse, { having: ['key', 'state', 'inputSchema', 'outputSchema'] }],
  actionRun: [sdk.ActionRunResponse, {}],
  agentSession: [sdk.AgentSession, { having: ['state', 'status', 'prompt'] }],
  // action.input: the published document has the body of the run there as well.
  actionRunLog: [sdk.ActionRunLogRecordApiResponse, { having: ['action', 'duration', 'completedAt'], beyond: ['action.input'] }],
  flow: [sdk.FlowApiResponse, { having: ['key', 'uuid', 'revision', 'nodes'] }],
  flowRun: [sdk.FlowRunApiResponse, { having: ['state', 'startTime', 'connectionId'] }],
  fieldMapping: [sdk.FieldMappingApiResponse, { having: ['key', 'uuid', 'revision'] }],
  dataSource: [sdk.DataSourceApiResponse, { having: ['key', 'uuid', 'revision'] }],
  package: [sdk.PackageApiResponse, { having: ['key', 'uuid', 'revision'] }],
  appEventType: [sdk.AppEventTypeApiResponse, { having: ['key', 'webhookKey'] }],
  appEventSubscription: [sdk.AppEventSubscriptionApiResponse, { having: ['tenantId', 'appEventTypeId'] }],
  appEvent: [sdk.AppEventLogRecordApiResponse, { having: ['appEventTypeId', 'appEventSubscriptionId', 'event'] }],
  appDataSchema: [sdk.AppDataSchemaApiResponse, { having: ['key', 'uuid', 'revision'] }],
  appDataSchemaInstance: [sdk.AppDataSchemaInstanceApiResponse, { having: ['appDataSchemaId', 'tenantId', 'userId'] }],
  dataLinkTable: [sdk.DataLinkTableApiResponse, { having: ['key', 'uuid', 'revision'] }],
  dataLinkTableInstance: [sdk.DataLinkTableInstanceApiResponse, { having: ['dataLinkTableId', 'connectionId', 'tenantId'] }],
  dataLink: [sdk.DataLink, {}],
  externalEventSubscription: [sdk.ExternalEventSubscriptionApiResponse, { having: ['status', 'tenantId', 'config'] }],
  externalEventPull: [sdk.ExternalEventPullApiResponse, { having: ['collectedEventIds', 'tenantId'] }],
  externalEvent: [sdk.ExternalEventLogRecordApiResponse, { having: ['payload', 'launchedFlowRunIds'] }],
  connectedProduct: [sdk.ConnectedProductApiResponse, { having: ['isConnected', 'createdAt'] }],
  // archivedAt is not among the fields of a screen, but an archived one has to say so.
  screen: [sdk.ScreenApiResponse, { beyond: ['archivedAt'] }],
  customer: [sdk.CustomerApiResponse, { having: ['internalId', 'name'] }],
  workspace: [sdk.OrgWorkspace, { having: ['key'] }],
  workspaceToken: [sdk.GenerateWorkspaceAccessTokenResponse, {}],
  connectorSpec: [sdk.ConnectorSpec, { having: ['operations'] }],
  // type stands in the published document.
  connectionExport: [sdk.ConnectionExportProperties, { beyond: ['type'] }],
  connectionTest: [sdk.ConnectionTestResponse, {}],
  operationRun: [sdk.ConnectionOperationRunResponse, { having: ['output'] }],
  dataCollection: [sdk.DataCollectionSpec, { having: ['key', 'name'] }],
  recordCreated: [sdk.DataCollectionCreateResponse, {}],
  recordUpdated: [sdk.DataCollectionUpdateResponse, {}],
  recordFound: [sdk.DataCollectionFindByIdResponse, { having: ['record'] }],
  recordList: [sdk.DataCollectionListResponse, { having: ['records'] }],
  recordSearch: [sdk.DataCollectionSearchResponse, { having: ['records'] }],
  recordMatch: [sdk.DataCollectionMatchResponse, {}],
  recordFind: [sdk.DataCollectionFindResponse, { having: ['records'] }],
  searchResult: [sdk.WorkspaceElementSearchResult, { having: ['elementType', 'element'] }],
};

export const certified = (kind, value) => certify(kinds[kind][0], value, kinds[kind][1]);

export const certifiedPage = (kind, page) => certifyPage(kinds[kind][0], page, kinds[kind][1]);
