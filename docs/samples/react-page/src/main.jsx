import { MembraneProvider } from '@membranehq/react';
import { createRoot } from 'react-dom/client';
import { fetchToken } from './fetchToken.js';
import { IntegrationsPage } from './IntegrationsPage.jsx';

// The local emulator, for example. Where it is not set, the SDK has the address of the service.
const apiUri = import.meta.env.VITE_MEMBRANE_API_URL;
const addresses = apiUri ? { apiUri, uiUri: apiUri } : {};

createRoot(document.getElementById('page')).render(
  <MembraneProvider fetchToken={fetchToken} {...addresses}>
    <IntegrationsPage />
  </MembraneProvider>,
);
