export { type Explained, explainIssues } from './rules/explain.ts'
export {
  byId,
  current,
  currentAll,
  type Publication,
  type Published,
  type PublishedDefinition,
  publish
} from './store.ts'
