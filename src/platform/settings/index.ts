export { LANGUAGE, sharedLocale } from './language.ts'
export { choiceLabel, readSetting, type Setting, type SettingChoice, type SettingState } from './setting.ts'
