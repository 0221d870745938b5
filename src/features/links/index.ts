import type { Feature } from '../../platform/feature.ts'
import { followLink, LINK_PATH } from './follow-link.ts'
import { personalData } from './personal-data.ts'
import { tapConsumer } from './record-tap.ts'

export { trackLinks } from './make-links.ts'

/**
 * Links in messages, by which it is known who tapped what: GET /r/:token leads on. The route stands with those that other
 * systems call, as many customers of one mobile network share an address and must not be held up by a limit to it.
 */
export const linksFeature: Feature = {
  name: 'links',
  webhooks: (app, door) => void app.get(`${LINK_PATH}/:token`, (http) => followLink(door, http)),
  inbox: [tapConsumer],
  personalData
}
