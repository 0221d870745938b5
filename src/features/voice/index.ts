export { hasCancelIntent } from './rules/leaving.ts'
export { type Reading, readWords } from './rules/read-words.ts'
