/** Tables that an export leaves out, and why. Every other table is exported, those of rooms yet to come as well. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  // The queue: what is on its way, and what was. It is no record of anything that other tables do not tell.
  ...['inbox', 'outbox', 'delivery', 'timer', 'job_run', 'quota_month', 'slack_message'],
  // How far the clock has come with leading customers into flows; that they are in is in flow_run.
  ...['flow_watermark', 'flow_start'],
  // Rows of files on their way in, which are no record of anything yet.
  ...['import_upload', 'import_upload_part'],
  // What LINE was told to show below whose chat: made anew with "menu sync".
  ...['rich_menu', 'rich_menu_link'],
  // Links to exports, which open for an hour.
  'export_link',
  // What the installation knows about itself, and its keys.
  ...['setting', 'customer_key'],
  // Hashes of what the events tell, and of codes that count once; parts of customers who are one now, kept so that it can be undone.
  ...['event_key', 'link_proof', 'customer_merge_row'],
  '_prisma_migrations'
])

/** Sealed columns that are secrets of the installation: whoever has them can make stamps. */
const SECRET: ReadonlySet<string> = new Set(['shop.secret_sealed', 'shop.link_key_sealed'])

/** Sealed columns whose field is not called "<table>.<column>". */
const SEALED_AS: Readonly<Record<string, string>> = { 'customer_attribute.value': 'customer.attribute' }

/** Whether a table is exported. */
export function isExported(table: string): boolean {
  return !LEFT_OUT.has(table)
}

/** A column as it is exported: under which name, and by which field it is opened (undefined = it lies in the clear). */
export interface ExportedColumn {
  readonly column: string
  readonly name: string
  readonly field: string | undefined
}

/** The columns of a table that are exported, in their order: no secrets, and no hashes, which lead nowhere. */
export function exportedColumns(table: string, columns: readonly string[]): ExportedColumn[] {
  return columns
    .filter((column) => !/(^|_)hash$/.test(column) && !SECRET.has(`${table}.${column}`))
    .map((column) => {
      const name = column.replace(/_sealed$/, '')
      const plain = { column, name, field: undefined }
      return name === column ? plain : { column, name, field: SEALED_AS[`${table}.${name}`] ?? `${table}.${name}` }
    })
}

/** A column may have a part in the clear and a sealed one of the same name, both JSON: the whole is both. */
export function together(clear: unknown, opened: unknown): unknown {
  return isObject(clear) && isObject(opened) ? { ...clear, ...opened } : opened
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
