import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  test: {
    include: ['test/browser/**/*.spec.ts'],
    // The tests of a file are chapters of one story: what follows a broken one could not hold.
    bail: 1,
    fileParallelism: false,
    // Long enough for a machine that is busy with other things.
    hookTimeout: 180_000,
    testTimeout: 180_000
  }
})
