import type { Feature } from '../../platform/feature.ts'
import { jobs } from './jobs.ts'
import { lineHandlers } from './line.ts'
import { personalData } from './personal-data.ts'
import { keepNewestWords, keepProfile, moveDuplicates } from './store/merging.ts'

export { changeCustomerTags, type Tagged } from './change-tags.ts'
export { type Placed, placeCustomers } from './place-customers.ts'
export { customerPort } from './recognise.ts'
export { type Named, resolveCustomers, resolvePeople } from './resolve-customers.ts'
export { type AttributeContext, type BadAttribute, type ToldAttribute, toldAttribute } from './rules/attribute.ts'
export { TOLD_KINDS, type ToldIdentity, type ToldKind, toldIdentity } from './rules/identity.ts'
export { maskIdentity, maskName } from './rules/mask.ts'
export { nameFor } from './rules/name.ts'
export { prefectureName } from './rules/prefecture.ts'
export { tagName } from './rules/tag.ts'
export { CARD_ACTION, cardButton } from './slack/card-button.ts'
export { readTagFields, TAG_FIELD, TAG_TEXTS, tagFields } from './slack/tag-form.ts'
export { customerAttributes, forgetToldBy, timeZoneOf } from './store/attributes.ts'
export { type CustomerSummary, chooseLocale, customerSummary, lineIdentity, renameCustomer } from './store/customers.ts'
export { findCustomer, giveIdentity } from './store/identities.ts'
export { nameColumns } from './store/names.ts'
export {
  type CustomerProfile,
  type CustomerSearch,
  customerProfile,
  type FoundCustomer,
  searchCustomers
} from './store/profile.ts'
export { knownTags, tagCustomer, tagCustomers, untagCustomer } from './tag-customer.ts'
export { type AttributesTold, tellAttributes } from './tell-attributes.ts'

/** Who the customers are: their LINE identity, their tags; the first hello. */
export const customersFeature: Feature = {
  name: 'customers',
  line: lineHandlers,
  jobs,
  merge: {
    async settle({ tx }, pair) {
      await keepProfile(tx, pair)
      await keepNewestWords(tx, pair)
      await moveDuplicates(tx, pair)
    }
  },
  personalData
}
