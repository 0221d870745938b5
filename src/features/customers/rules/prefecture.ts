/** In the order of their official numbers (JP-01 … JP-47). */
const PREFECTURES: readonly (readonly [string, string])[] = [
  ...pairs('北海道 Hokkaido 青森県 Aomori 岩手県 Iwate 宮城県 Miyagi 秋田県 Akita 山形県 Yamagata 福島県 Fukushima'),
  ...pairs('茨城県 Ibaraki 栃木県 Tochigi 群馬県 Gunma 埼玉県 Saitama 千葉県 Chiba 東京都 Tokyo 神奈川県 Kanagawa'),
  ...pairs('新潟県 Niigata 富山県 Toyama 石川県 Ishikawa 福井県 Fukui 山梨県 Yamanashi 長野県 Nagano 岐阜県 Gifu'),
  ...pairs('静岡県 Shizuoka 愛知県 Aichi 三重県 Mie 滋賀県 Shiga 京都府 Kyoto 大阪府 Osaka 兵庫県 Hyogo 奈良県 Nara'),
  ...pairs('和歌山県 Wakayama 鳥取県 Tottori 島根県 Shimane 岡山県 Okayama 広島県 Hiroshima 山口県 Yamaguchi'),
  ...pairs('徳島県 Tokushima 香川県 Kagawa 愛媛県 Ehime 高知県 Kochi 福岡県 Fukuoka 佐賀県 Saga 長崎県 Nagasaki'),
  ...pairs('熊本県 Kumamoto 大分県 Oita 宮崎県 Miyazaki 鹿児島県 Kagoshima 沖縄県 Okinawa')
]

const BY_WRITING: ReadonlyMap<string, string> = new Map(
  PREFECTURES.flatMap(([name, english], index) => {
    const number = String(index + 1).padStart(2, '0')
    const short = name === '北海道' ? name : name.slice(0, -1)
    return [name, short, english.toLowerCase(), `jp-${number}`].map((writing) => [writing, name] as const)
  })
)

/** A prefecture's full Japanese name, from how people write it (東京, 東京都, Tokyo, Ōsaka-fu, JP-13); undefined for anything else. */
export function prefectureName(told: string): string | undefined {
  const text = told
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, (mark) => (isKana(mark) ? mark : ''))
  const plain = text.normalize('NFC').trim().toLowerCase()
  return BY_WRITING.get(plain) ?? BY_WRITING.get(plain.replace(/[\s-](prefecture|ken|fu|to)$/, ''))
}

/** The marks of が and ぱ make another letter; those of ō do not. */
function isKana(mark: string): boolean {
  return mark === '\u3099' || mark === '\u309A'
}

function pairs(text: string): [string, string][] {
  const words = text.split(' ')
  return words.flatMap((word, index): [string, string][] => (index % 2 === 0 ? [[word, words[index + 1] ?? '']] : []))
}
