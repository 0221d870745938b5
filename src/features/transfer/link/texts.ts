import type { Locale } from '../../../core/locale.ts'
import type { Choice } from '../rules/choice.ts'
import type { LinkFault } from '../rules/link.ts'

interface ExportTexts {
  readonly help: string
  /** What stands for each choice, and what is in it. */
  readonly choices: Readonly<Record<Choice, { readonly name: string; readonly about: string }>>
  readonly form: Readonly<Record<'title' | 'intro' | 'what' | 'make' | 'cancel' | 'close', string>>
  readonly made: {
    readonly words: (what: string, until: string) => string
    readonly open: string
    readonly careful: string
  }
  readonly page: {
    readonly title: string
    readonly contents: string
    readonly careful: string
    readonly download: string
    readonly left: (times: number, until: string) => string
    readonly wait: string
    readonly missingTitle: string
    readonly faults: Readonly<Record<LinkFault | 'not_manager', string>>
  }
}

const ja: ExportTexts = {
  help: 'データの書き出し (CSV・JSON)',
  choices: {
    all_csv: {
      name: 'すべて (CSV)',
      about: '顧客・来店・注文と、すべての表。ExcelやGoogleスプレッドシートで開けます。'
    },
    all_jsonl: { name: 'すべて (JSON Lines)', about: 'すべての表。ほかのシステムへ移すときに使います。' },
    customers: {
      name: '顧客 (CSV)',
      about: '名前・連絡先・タグなど。お客様ごとに1行、連絡先が複数ある方は複数行です。'
    },
    visits: { name: '来店 (CSV)', about: '来店ごとに1行です。' },
    orders: { name: '注文 (CSV)', about: '注文ごとに1行。返金は金額がマイナスの行です。' }
  },
  form: {
    title: 'データを書き出す',
    intro:
      '選んだデータをダウンロードするリンクを作ります。リンクは1時間有効で、あなたにだけ表示されます。だれがいつ書き出したかは操作記録に残ります。',
    what: '何を書き出しますか',
    make: 'リンクを作る',
    cancel: 'やめる',
    close: '閉じる'
  },
  made: {
    words: (what, until) => `*${what}* のリンクができました。${until} まで使えます。`,
    open: 'ダウンロードのページを開く',
    careful:
      'お客様の名前や連絡先がそのまま入っています。リンクもファイルも、ほかの人に渡さないでください。閉じるとこのリンクはもう表示されません。'
  },
  page: {
    title: 'データの書き出し',
    contents: '内容',
    careful:
      'お客様の名前・連絡先・メッセージなどの個人情報が、暗号化されていない状態で入っています。安全な場所に保存し、使い終わったら削除してください。ダウンロードは操作記録に残ります。',
    download: 'ダウンロード',
    left: (times, until) => `${until} まで、あと${times}回ダウンロードできます。`,
    wait: 'データが多いと数分かかります。終わるまでこのページを閉じないでください。ダウンロード中に届いた分は、入らないことがあります。',
    missingTitle: 'このリンクでは書き出せません',
    faults: {
      unknown: 'アドレスが正しくありません。Slackで /matane export と入力して、新しいリンクをお受け取りください。',
      expired: 'リンクの期限(1時間)が切れました。Slackで /matane export と入力して、新しいリンクをお受け取りください。',
      used_up:
        'このリンクは3回使われたので、もう使えません。必要なときは、Slackで /matane export と入力して新しいリンクをお受け取りください。お心当たりがなければ、/matane audit で書き出しの記録をご確認ください。',
      not_manager:
        'このリンクを作った方は、いまはマネージャーではありません。マネージャーの方がSlackで /matane export をお使いください。'
    }
  }
}

const en: ExportTexts = {
  help: 'export data (CSV, JSON)',
  choices: {
    all_csv: {
      name: 'Everything (CSV)',
      about: 'Customers, visits, orders and every table, for Excel or Google Sheets.'
    },
    all_jsonl: { name: 'Everything (JSON Lines)', about: 'Every table, for moving to another system.' },
    customers: {
      name: 'Customers (CSV)',
      about: 'Names, contacts, tags: a line each, further lines for further contacts.'
    },
    visits: { name: 'Visits (CSV)', about: 'A line for each visit.' },
    orders: { name: 'Orders (CSV)', about: 'A line for each order. Money given back is a line with a negative amount.' }
  },
  form: {
    title: 'Export data',
    intro:
      'You get a link to download what you choose. It works for an hour, and is shown to you alone. Who exported what, and when, is in the audit log.',
    what: 'What do you need?',
    make: 'Make the link',
    cancel: 'Cancel',
    close: 'Close'
  },
  made: {
    words: (what, until) => `Your link to *${what}* is ready. It works until ${until}.`,
    open: 'Open the download page',
    careful:
      'The file holds customers’ names and contacts in the clear. Please give neither the link nor the file to anybody else. Once closed, this link is not shown again.'
  },
  page: {
    title: 'Data export',
    contents: 'What is in it',
    careful:
      'It holds personal data in the clear: customers’ names, contacts and messages. Keep it in a safe place, and delete it when you are done. Each download is in the audit log.',
    download: 'Download',
    left: (times, until) => `You can download it ${times === 1 ? 'once more' : `${times} more times`}, until ${until}.`,
    wait: 'Much data takes some minutes: keep this page open until then. What arrives during the download may be missing.',
    missingTitle: 'This link exports nothing',
    faults: {
      unknown: 'The address is wrong. Type /matane export in Slack to get a new link.',
      expired: 'The link’s hour is over. Type /matane export in Slack to get a new one.',
      used_up:
        'This link was used three times, and is used up. Type /matane export in Slack if you need a new one. If that was not you, see /matane audit.',
      not_manager: 'Whoever made this link is no manager any more. A manager can type /matane export in Slack.'
    }
  }
}

export const EXPORT_TEXTS: Readonly<Record<Locale, ExportTexts>> = { ja, en }
