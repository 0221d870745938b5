import { configDefaults, defineConfig } from 'vitest/config'

/** Tests that bring a database of their own, or none: a server changes nothing about them. */
const WITHOUT_SERVER = [
  'src/core/**',
  'src/platform/db/{door,embedded,embedded-turns,migrate}.test.ts',
  'src/sandbox/page/**',
  'scripts/**',
  'test/workers/**',
  'test/*.test.ts'
]
const onServer = process.env.TEST_DATABASE_URL !== undefined

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(onServer ? WITHOUT_SERVER : [])],
    setupFiles: onServer ? ['test/support/own-database.ts'] : [],
    // Files of one worker share its modules and its database, which is emptied before each test.
    isolate: false,
    maxWorkers: '100%',
    // A busy machine is slow, and no fault.
    testTimeout: 60_000,
    hookTimeout: 60_000
  }
})
