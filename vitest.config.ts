import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    // A server database is one for all files; embedded ones are one each.
    fileParallelism: !process.env.TEST_DATABASE_URL,
    testTimeout: 20_000
  }
})
