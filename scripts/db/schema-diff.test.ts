import { expect, test } from 'vitest'
import { readMigrations } from '../../src/platform/db/migrations.ts'
import { destructiveStatements } from './new-migration.ts'
import { readSchema, schemaDiff } from './schema-diff.ts'

test('the migrations make exactly what the data model says', async () => {
  expect(await schemaDiff(readMigrations(), readSchema())).toBe('')
}, 120_000)

test('a change of the data model becomes SQL', async () => {
  const made = {
    name: '1_made',
    sql: 'CREATE TABLE "note" ("id" TEXT NOT NULL, CONSTRAINT "note_pkey" PRIMARY KEY ("id"));'
  }
  const schema = 'datasource db {\n  provider = "postgresql"\n}\nmodel note {\n  id String @id\n  words String?\n}'
  expect(await schemaDiff([made], schema)).toBe('-- AlterTable\nALTER TABLE "note" ADD COLUMN     "words" TEXT;')
}, 120_000)

test.each([
  ['DROP TABLE "tag";', 1],
  ['ALTER TABLE "customer" DROP COLUMN "locale";', 1],
  ['ALTER TABLE "customer" DROP COLUMN "locale",\nADD COLUMN "language" TEXT;', 1],
  ['ALTER TABLE "stamp" ALTER COLUMN "position" SET DATA TYPE SMALLINT;', 1],
  ['ALTER TABLE "stamp" ALTER COLUMN "shop" SET NOT NULL;', 1],
  ['ALTER TABLE "stamp" ADD COLUMN "kind" TEXT NOT NULL;', 1],
  ['CREATE UNIQUE INDEX "a" ON "customer"("b");', 1],
  ['ALTER TABLE "stamp" ADD COLUMN "kind" TEXT NOT NULL DEFAULT \'x\';', 0],
  ['CREATE TABLE "t" ("a" TEXT NOT NULL);\nCREATE UNIQUE INDEX "i" ON "t"("a");', 0],
  ['DROP INDEX "inbox_key";\nCREATE INDEX "inbox_key" ON "inbox"("key");', 0]
])('%s needs %i warning', (sql, count) => expect(destructiveStatements(sql)).toHaveLength(count))
