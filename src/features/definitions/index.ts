export { type CheckedFiles, checkFiles, type DefinitionFile, faultLine } from './check-files.ts'
export { publishFiles } from './publish-files.ts'
export { explainIssues } from './rules/explain.ts'
export { byId, current, currentAll, type PublishedDefinition, publish, retire } from './store.ts'
