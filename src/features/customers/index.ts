import type { Feature } from '../../platform/feature.ts'
import { lineHandlers } from './line.ts'
import { personalData } from './personal-data.ts'
import { keepNewestWords, keepProfile, moveDuplicates } from './store/merging.ts'

export { type Placed, placeCustomers } from './place-customers.ts'
export { customerPort } from './recognise.ts'
export { resolveCustomers, resolvePeople } from './resolve-customers.ts'
export { type AttributeContext, type BadAttribute, type ToldAttribute, toldAttribute } from './rules/attribute.ts'
export { type ToldIdentity, type ToldKind, toldIdentity } from './rules/identity.ts'
export { nameFor } from './rules/name.ts'
export { tagName } from './rules/tag.ts'
export { customerAttributes } from './store/attributes.ts'
export { type CustomerSummary, chooseLocale, customerSummary, lineIdentity } from './store/customers.ts'
export { findCustomer } from './store/identities.ts'
export { knownTags, tagCustomer, tagCustomers, untagCustomer } from './tag-customer.ts'
export { type AttributesTold, tellAttributes } from './tell-attributes.ts'

/** Who the customers are: their LINE identity, their tags; the first hello. */
export const customersFeature: Feature = {
  name: 'customers',
  line: lineHandlers,
  merge: {
    async settle({ tx }, pair) {
      await keepProfile(tx, pair)
      await keepNewestWords(tx, pair)
      await moveDuplicates(tx, pair)
    }
  },
  personalData
}
