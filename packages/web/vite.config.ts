import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** One page, no third-party origin, nothing inline: it runs under a strict Content-Security-Policy. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Small files stay files: a data: URL would ask for a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
});
