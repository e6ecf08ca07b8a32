/* Prepared texts put into what is written: "/" and a word, Enter for the text with its placeholders filled and its articles.
 *   [data-slot=macros][data-from][data-label][data-none]; [data-slot=macro][data-words][data-alone][data-apply][data-closed] (without data-apply nothing changes alone) is where what it changes, and
 *   which article it leaves out, is shown before it is sent; [data-slot=kept] holds the files that go along
 */
import type { Composing } from "../ui/composing.ts"
import { h } from "../ui/dom.ts"
import { WordMenu } from "./word-menu.ts"

export interface Row {
  macro: number
  title: string
  text: string
  changes: string[]
  files: { file: number; title: string }[]
  closed: string[]
}

const TYPED = /(?:^|\s)\/([^\n/]{0,40})$/u

export class MacroMenu extends WordMenu<Row> {
  #words = ""

  constructor(
    field: HTMLTextAreaElement,
    slot: HTMLElement,
    private preview: HTMLElement & { disabled?: boolean },
    private kept: HTMLElement,
    composing: Composing,
    signal: AbortSignal,
  ) {
    super(field, slot, composing, TYPED, "/", signal, true)
  }

  protected title(row: Row) {
    return row.title
  }

  protected place(row: Row) {
    return [row.text.replace(/\s+/g, " ").slice(0, 60), ...row.files.map(({ title }) => title), ...row.changes].filter(Boolean).join(" · ")
  }

  protected choose(row: Row) {
    this.put(row.text, false)
    this.takesAlong(row)
  }

  /* What goes along with a text that is in the field: what sending changes, which article it leaves out, its files. */
  takesAlong(row: Row) {
    const { preview } = this
    preview.replaceChildren()
    if (row.changes.length) preview.append(this.#changing(row))
    if (row.changes.length && !row.text && !row.files.length && preview.dataset.apply) preview.append(h("button", { class: "button", "data-size": "small" }, preview.dataset.apply))
    if (row.closed.length) preview.append(h("p", {}, `${preview.dataset.closed!} ${row.closed.join(", ")}`))
    this.#words = row.text
    this.left()
    for (const { file, title } of row.files) this.#attach(file, title)
  }

  /* What changes along goes with its words when the field is emptied, and comes back with them. Without words it stays. */
  protected left() {
    const { value } = this.field
    if (!value || value.includes(this.#words)) this.preview.disabled = this.preview.hidden = !value && !!this.#words
  }

  /* What sending will change too; unticking it sends the text alone. Without a text it can change alone. */
  #changing(row: Row) {
    const said = row.text ? this.preview.dataset.words! : this.preview.dataset.alone!
    return this.#ticked("macro", row.macro, `${said} ${row.changes.join(", ")}`)
  }

  /* A file that goes along until it is unticked; each once. */
  #attach(file: number, title: string) {
    if (this.kept.querySelector(`[name=kept][value="${file}"]`)) return
    this.kept.append(h("li", {}, this.#ticked("kept", file, title)))
  }

  #ticked(name: string, value: number, said: string) {
    return h("label", {}, h("input", { type: "checkbox", name, value, checked: true }), h("span", {}, said))
  }
}
