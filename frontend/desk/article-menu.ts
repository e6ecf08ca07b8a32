/* Articles put into what is written: "??" and a word, Enter for the link, Shift+Enter for the article's words.
 *   [data-slot=articles][data-from][data-none][data-closed]
 * Rows come in the customer's language. One the customer may not read is put in only by a second Enter, after being told so;
 * without data-closed (a private note) there is nothing to tell.
 */
import { getJson } from "../ui/asking.ts"
import type { Composing } from "../ui/composing.ts"
import { WordMenu } from "./word-menu.ts"

interface Row {
  article: number
  title: string
  url: string
  place: string
  is_closed: boolean
}

const TYPED = /(?:^|\s)\?\?([^\n?]{0,60})$/u

export class ArticleMenu extends WordMenu<Row> {
  #warned?: Row

  constructor(field: HTMLTextAreaElement, slot: HTMLElement, composing: Composing, signal: AbortSignal) {
    super(field, slot, composing, TYPED, "??", signal)
  }

  protected title(row: Row) {
    return row.title
  }

  protected place(row: Row) {
    const { closedName } = this.slot.dataset
    return row.is_closed && closedName ? `${closedName} · ${row.place}` : row.place
  }

  protected override left() {
    this.#warned = undefined
  }

  protected override draw() {
    super.draw()
    if (this.#warned) this.add(this.said(this.slot.dataset.closed!, "alert"))
  }

  protected async choose(row: Row, isWords: boolean) {
    if (row.is_closed && this.slot.dataset.closed && this.#warned !== row) {
      this.#warned = row
      return this.draw()
    }
    const words = isWords && !row.is_closed ? await this.#words(row) : ""
    this.put(`${words ? `${words}\n` : ""}${row.title}\n${row.url}\n`, true)
  }

  async #words(row: Row): Promise<string> {
    try {
      const { text } = await getJson<{ text: string }>(`${this.slot.dataset.from}/${row.article}/words`, this.along(), AbortSignal.timeout(5000))
      return text
    } catch {
      return "" // the link stands by itself
    }
  }
}
