export { type CheckedFiles, checkFiles, type DefinitionFile, faultLine } from './check-files.ts'
export { checked } from './checked.ts'
export { publishEdit } from './publish-edit.ts'
export { publishFiles } from './publish-files.ts'
export { type Difference, differences } from './rules/diff.ts'
export { explainIssues } from './rules/explain.ts'
export {
  byId,
  current,
  currentAll,
  firstPublishedAt,
  type PastVersion,
  type PublishedDefinition,
  publish,
  retire,
  versionsOf
} from './store.ts'
