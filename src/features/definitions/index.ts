export {
  byId,
  current,
  currentAll,
  type Publication,
  type Published,
  type PublishedDefinition,
  publish
} from './store.ts'
