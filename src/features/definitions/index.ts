export {
  type CheckedFile,
  type CheckedFiles,
  checkFiles,
  type DefinitionFile,
  type FileFault,
  faultLine
} from './check-files.ts'
export { type FilePublication, type FilesPublished, type FilesToPublish, publishFiles } from './publish-files.ts'
export { type Explained, explainIssues } from './rules/explain.ts'
export {
  byId,
  current,
  currentAll,
  type Publication,
  type Published,
  type PublishedDefinition,
  publish,
  retire
} from './store.ts'
