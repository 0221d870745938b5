import type { Query } from './source.ts'

/** The three files that an import takes back, as queries; their columns are named as importing names them. */

const EVENT_KEY = [
  { column: 'id', type: 'uuid' },
  { column: 'at', type: 'timestamptz' }
] as const

/** A customer with all identities, by channel, and what sources say of them: sealed, to be opened. */
export const CUSTOMERS: Query = {
  key: [{ column: 'id', type: 'uuid' }],
  sql: `
  SELECT customer.id, name_sealed, locale, created_at,
    (SELECT jsonb_agg(jsonb_build_array(channel, external_sealed) ORDER BY channel, created_at, id) FROM identity
     WHERE customer_id = customer.id AND channel IN ('pos', 'ec', 'app', 'phone', 'email')) AS identities,
    (SELECT jsonb_agg(jsonb_build_array(name, value_sealed)) FROM customer_attribute
     WHERE customer_id = customer.id AND value_sealed IS NOT NULL
       AND name IN ('birthday', 'gender', 'prefecture')) AS attributes,
    (SELECT jsonb_agg(tag ORDER BY tag) FROM customer_tag WHERE customer_id = customer.id) AS tags
  FROM customer`
}

export const VISITS: Query = {
  key: EVENT_KEY,
  sql: `
  SELECT id, customer_id, at, properties -> 'amount' AS amount, shop, source, source_id FROM event WHERE name = 'visit'`
}

/** Money given back is a negative order. */
export const ORDERS: Query = {
  key: EVENT_KEY,
  sql: `
  SELECT id, customer_id, at, (properties ->> 'amount')::numeric * CASE name WHEN 'order.refunded' THEN -1 ELSE 1 END AS amount,
    properties ->> 'order_id' AS order_id, shop, source, source_id
  FROM event WHERE name IN ('order.completed', 'order.refunded')`
}
