import { customerCiphers, type FieldCipher, type Tx } from '../../../platform/db/index.ts'
import type { ToldAttribute } from '../rules/attribute.ts'
import { nameColumns } from './names.ts'

/** One attribute of one customer, and whose word it is. */
export interface AttributeRow {
  readonly customerId: string
  readonly at: Date
  readonly by: string
  readonly attribute: ToldAttribute
}

/** Whether a word counts instead of another; as `saveAttributes` has PostgreSQL compare them. */
export function isNewer(one: AttributeRow, other: AttributeRow): boolean {
  const [first, second] = [one.at.getTime(), other.at.getTime()]
  return first === second ? Buffer.compare(Buffer.from(one.by), Buffer.from(other.by)) > 0 : first > second
}

/** Saves those that are newer than what is there: at most one for each customer and name. In order, see appendEvents. */
export async function saveAttributes(tx: Tx, cipher: FieldCipher, rows: readonly AttributeRow[]): Promise<void> {
  const column = <T>(value: (row: AttributeRow) => T): T[] => rows.map(value)
  const cipherOf = await customerCiphers(
    { tx, cipher },
    rows.map(({ customerId }) => customerId)
  )
  const sealed = ({ customerId, attribute: { value } }: AttributeRow) =>
    value === null ? null : cipherOf(customerId).seal('customer.attribute', value)
  const names = rows.map((row) => customerName(cipherOf(row.customerId), row))
  await tx.$executeRaw`
    WITH given AS (
      SELECT * FROM unnest(
        ${column(({ customerId }) => customerId)}::uuid[], ${column(({ attribute }) => attribute.name)}::text[],
        ${column(({ attribute }) => attribute.coarse ?? null)}::text[],
        ${column(sealed)}::text[],
        ${column(({ at }) => at.toISOString())}::timestamptz[], ${column(({ by }) => by)}::text[],
        ${names.map(({ nameSealed }) => nameSealed)}::text[], ${names.map(({ nameHash }) => nameHash)}::text[]
      ) AS given (customer_id, name, coarse, value_sealed, told_at, told_by, customer_name, customer_name_hash)
    ), saved AS (
      INSERT INTO customer_attribute AS own (customer_id, name, coarse, value_sealed, told_at, told_by)
      SELECT customer_id, name, coarse, value_sealed, told_at, told_by FROM given ORDER BY customer_id, name
      ON CONFLICT (customer_id, name) DO UPDATE SET coarse = excluded.coarse, value_sealed = excluded.value_sealed,
        told_at = excluded.told_at, told_by = excluded.told_by
      WHERE (excluded.told_at, excluded.told_by COLLATE "C") > (own.told_at, own.told_by COLLATE "C")
      RETURNING customer_id, name
    )
    UPDATE customer SET name_sealed = given.customer_name, name_hash = given.customer_name_hash
    FROM saved JOIN given USING (customer_id, name)
    WHERE name = 'name' AND customer.id = given.customer_id
      AND NOT EXISTS (SELECT 1 FROM identity WHERE identity.customer_id = customer.id AND channel = 'line')`
}

function customerName(cipher: FieldCipher, { attribute: { name, value } }: AttributeRow) {
  return nameColumns(cipher, name === 'name' ? (value ?? undefined) : undefined)
}

/** Where a customer lives, as a time zone (IANA); undefined = nobody told us. */
export async function timeZoneOf(tx: Tx, customerId: string): Promise<string | undefined> {
  const where = { customerId_name: { customerId, name: 'timezone' } }
  return (await tx.customerAttribute.findUnique({ where, select: { coarse: true } }))?.coarse ?? undefined
}

/** Forgets what certain messages said of a customer: they were taken back. */
export async function forgetToldBy(tx: Tx, customerId: string, by: readonly string[]): Promise<void> {
  await tx.customerAttribute.deleteMany({ where: { customerId, toldBy: { in: [...by] } } })
}

/** What is known of a customer, by name; nothing that was taken back. */
export async function customerAttributes(
  tx: Tx,
  cipher: FieldCipher,
  customerId: string
): Promise<Map<string, string>> {
  const rows = await tx.customerAttribute.findMany({ where: { customerId }, orderBy: { name: 'asc' } })
  return new Map(
    rows.flatMap(({ name, valueSealed }) =>
      valueSealed === null ? [] : [[name, cipher.open('customer.attribute', valueSealed)] as const]
    )
  )
}
