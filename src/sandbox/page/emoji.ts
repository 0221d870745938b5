const NAMES: Readonly<Record<string, string>> = {
  alarm_clock: '⏰',
  bar_chart: '📊',
  bell: '🔔',
  bulb: '💡',
  calendar: '📅',
  chart_with_downwards_trend: '📉',
  chart_with_upwards_trend: '📈',
  coffee: '☕',
  envelope: '✉️',
  eyes: '👀',
  hourglass_flowing_sand: '⏳',
  information_source: 'ℹ️',
  label: '🏷️',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  lock: '🔒',
  red_circle: '🔴',
  rotating_light: '🚨',
  speech_balloon: '💬',
  tada: '🎉',
  thinking_face: '🤔',
  warning: '⚠️',
  wave: '👋',
  white_check_mark: '✅',
  x: '❌',
  zzz: '💤'
}

/** Slack's :names: as emoji; a name we do not know stays as it is. */
export function emojify(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) =>
    Object.hasOwn(NAMES, name) ? (NAMES[name] ?? whole) : whole
  )
}
