/* Colleagues mentioned in a note: "@" and a name, Enter puts it in. Keeping the note tells them.
 *   [data-slot=colleagues][data-from][data-label][data-none]
 */
import type { Composing } from "../ui/composing.ts"
import { WordMenu } from "./word-menu.ts"

interface Row {
  name: string
  place: string
}

const TYPED = /(?:^|[\s(])@([^\s@]{0,30})$/u

export class MentionMenu extends WordMenu<Row> {
  constructor(field: HTMLTextAreaElement, slot: HTMLElement, composing: Composing, signal: AbortSignal) {
    super(field, slot, composing, TYPED, "@", signal, true)
  }

  protected title(row: Row) {
    return row.name
  }

  protected place(row: Row) {
    return row.place
  }

  protected choose(row: Row) {
    this.put(`@${row.name} `, false)
  }
}
