/** One writing for what is written in many ways: full and half width, capitals, curly apostrophes, stretched vowels. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[〜~ー]{2,}/g, 'ー')
}

/** Nobody says more in one breath. Rules look back and forth in a clause, so that a text of one long one would hold up everybody. */
const LONGEST = 200

/** The clauses of a Japanese text, without spaces; what is said of one is not said of the next. Questions keep their mark. */
export function japaneseClauses(text: string): string[] {
  return (
    plain(text)
      .replaceAll(/[ \t]+/g, '')
      .replaceAll(/かいやく|カイヤク/g, '解約')
      .replaceAll(/たいかい|タイカイ/g, '退会')
      .split(
        /[。.!、,\n…♪☆★]|(?<=\?)|(?<=(?:です|ます|ません|でした|ました|だ))(?:が|けど|けれど)|(?<=[たい])(?:が|けど|けれど)(?=.{2})|(?<=ので)(?<!(?:通知|配信|メッセージ|メール).{0,40})|(?<=(?:です|ます|だ|い)から)(?!の)/
      )
      // What is meant stands at a clause's end.
      .map((clause) => clause.trim().slice(-LONGEST))
      .filter(Boolean)
  )
}

export function englishClauses(text: string): string[] {
  return plain(text)
    .split(/[.!;\n]|(?<=\?)|,\s|\bbut\b/)
    .map((clause) => clause.trim().slice(0, LONGEST))
    .filter(Boolean)
}
