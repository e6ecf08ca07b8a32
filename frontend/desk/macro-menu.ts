/* Prepared texts put into what is written: "/" and a word, Enter for the text with its placeholders filled.
 *   [data-slot=macros][data-from][data-label][data-none]; [data-slot=macro] is where what it changes is shown before it is sent
 */
import type { Composing } from "../ui/composing.ts"
import { WordMenu } from "./word-menu.ts"

interface Row {
  macro: number
  title: string
  text: string
  changes: string[]
}

const TYPED = /(?:^|\s)\/([^\n/]{0,40})$/u

export class MacroMenu extends WordMenu<Row> {
  constructor(
    field: HTMLTextAreaElement,
    slot: HTMLElement,
    private preview: HTMLElement,
    composing: Composing,
    signal: AbortSignal,
  ) {
    super(field, slot, composing, TYPED, "/", signal, true)
  }

  protected title(row: Row) {
    return row.title
  }

  protected place(row: Row) {
    return [row.text.replace(/\s+/g, " ").slice(0, 60), ...row.changes].filter(Boolean).join(" · ")
  }

  protected choose(row: Row) {
    this.put(row.text, false)
    if (row.changes.length) this.#show(row)
  }

  /* What sending will change too; unticking it sends the text alone. */
  #show(row: Row) {
    const label = document.createElement("label")
    const box = document.createElement("input")
    const words = document.createElement("span")
    Object.assign(box, { type: "checkbox", name: "macro", value: String(row.macro), checked: true })
    words.textContent = `${this.preview.dataset.words!} ${row.changes.join(", ")}`
    label.append(box, words)
    this.preview.replaceChildren(label)
  }
}
