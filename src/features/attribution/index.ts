import type { Feature } from '../../platform/feature.ts'
import { rebuildAttribution } from './keep-touches.ts'
import { line } from './line.ts'
import { personalData } from './personal-data.ts'

export { createRef, refLink } from './create-ref.ts'
export { keepTouches, rebuildAttribution } from './keep-touches.ts'
export { countRefs, type KeptTouch, touchesOf } from './store.ts'

/** Where customers come from: codes on posters and in links, campaigns and landing pages; the first touch and the last. */
export const attributionFeature: Feature = {
  name: 'attribution',
  line,
  personalData,
  merge: { derived: ['attribution'], derive: rebuildAttribution }
}
