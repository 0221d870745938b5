import { defineConfig } from 'prisma/config'

// `generate`, `validate` and `format` never use the native schema engine, yet the CLI would download it first and fail
// where its host cannot be reached. Name a stand-in for those; `prisma migrate` and `prisma db` still get the real one.
const needsEngine = process.argv.some((word) => word === 'migrate' || word === 'db')
if (!needsEngine) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= new URL('./prisma/no-engine.sh', import.meta.url).pathname
}

// biome-ignore lint/style/noDefaultExport: the Prisma CLI reads the default export
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL || 'postgresql://postgres@127.0.0.1:5432/matane' }
})
