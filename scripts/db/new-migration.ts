import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Migration } from '../../src/platform/db/index.ts'
import { readSchema, schemaDiff } from './schema-diff.ts'

/** A migration made from what changed in the data model. */
export interface NewMigration {
  readonly name: string
  readonly file: string
  /** Statements that lose data, or fail on tables that are not empty. */
  readonly warnings: readonly string[]
}

/** Writes the migration that leads to the data model, into `folder`; undefined when nothing has changed. */
export async function newMigration(
  label: string,
  { folder, migrations, at }: { folder: string; migrations: readonly Migration[]; at: Date }
): Promise<NewMigration | undefined> {
  const sql = await schemaDiff(migrations, readSchema())
  if (!sql) return undefined
  const warnings = destructiveStatements(sql)
  const name = `${at.toISOString().replace(/\D/g, '').slice(0, 14)}_${label}`
  const file = join(folder, name, 'migration.sql')
  mkdirSync(join(folder, name))
  const notes = warnings.map((warning) => `-- CAREFUL: ${warning}\n`).join('')
  writeFileSync(file, `${notes}${sql}\n`)
  return { name, file, warnings }
}

const RULES: readonly (readonly [RegExp, string])[] = [
  [/^DROP TABLE/, 'deletes a table with everything in it'],
  [/\bDROP COLUMN\b/, 'deletes a column (a rename is written as ALTER TABLE … RENAME COLUMN)'],
  [/\bALTER COLUMN \S+ SET DATA TYPE\b/, 'changes a type: values may not fit, and the table is rewritten'],
  [/\bALTER COLUMN \S+ SET NOT NULL\b/, 'fails where the column is empty: fill it first'],
  [
    /\bADD COLUMN\s+\S+ (?!.*\bDEFAULT\b).*\bNOT NULL\b/,
    'fails on a table with rows: give a default, or add it empty and fill it'
  ],
  [/^CREATE UNIQUE INDEX/, 'fails where values repeat: merge them first']
]

/** A line for each statement that needs a second look. New tables are empty: nothing can go wrong there. */
export function destructiveStatements(sql: string): string[] {
  const statements = sql
    .replace(/^--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim().replace(/\s+/g, ' '))
  const created = statements.flatMap((statement) => /^CREATE TABLE ("\w+")/.exec(statement)?.[1] ?? [])
  return statements
    .filter((statement) => !created.some((table) => statement.includes(` ON ${table}(`)))
    .flatMap((statement) => {
      if (statement.startsWith('CREATE TABLE')) return []
      const [, why] = RULES.find(([pattern]) => pattern.test(statement)) ?? []
      return why ? [`${statement.length > 100 ? `${statement.slice(0, 100)}…` : statement} ${why}`] : []
    })
}
