import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The page asks its own origin for a token, as it would in a product: no other origin may read the answer.
const tokenEndpoint = process.env.TOKEN_ENDPOINT ?? 'http://localhost:5170';

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/api/membrane-token': { target: tokenEndpoint, changeOrigin: true } } },
});
