import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    // A server database is one for all files; embedded ones are one for each worker.
    fileParallelism: !process.env.TEST_DATABASE_URL,
    // Files of one worker share its modules and its database, which is emptied before each test.
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 20_000
  }
})
