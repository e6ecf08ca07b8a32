/* Files chosen, pasted or dropped, as a list one can take back. Without it the plain file field stands there.
 *   <talk-files data-remove="Remove {name}" data-most="5" data-many="…" data-bytes="50000000" data-large="…">
 *     holds label, input[type=file][multiple], ul; data-bytes: what one request may carry
 * Pastes and drops anywhere in its form count, and what is chosen later joins what is there; the form's "talk-cleared"
 * empties it.
 */
import { h } from "./dom.ts"
import { toast } from "./toast.ts"

export class TalkFiles extends HTMLElement {
  #leaving = new AbortController()
  #held: File[] = []

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const form = this.closest("form")!
    this.#input.addEventListener("change", () => this.#add(this.#input.files!), { signal })
    form.addEventListener("paste", this.#pasted, { signal })
    form.addEventListener("dragover", this.#over, { signal })
    form.addEventListener("dragleave", () => form.removeAttribute("data-drop"), { signal })
    form.addEventListener("drop", this.#dropped, { signal })
    form.addEventListener("talk-cleared", () => this.#set([]), { signal })
    this.addEventListener("click", this.#clicked, { signal })
    this.#add(this.#input.files!)
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  get #input() {
    return this.querySelector<HTMLInputElement>("input[type=file]")!
  }

  /* Cells of a table come as words with a picture of them: the words are meant. */
  #pasted = (event: ClipboardEvent) => {
    if (!event.clipboardData?.types.includes("text/plain")) this.#take(event.clipboardData?.files, event)
  }

  #over = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    ;(event.currentTarget as HTMLElement).dataset.drop = ""
  }

  #dropped = (event: DragEvent) => {
    ;(event.currentTarget as HTMLElement).removeAttribute("data-drop")
    this.#take(event.dataTransfer?.files, event)
  }

  #take(files: FileList | undefined, event: Event) {
    if (!files?.length) return
    event.preventDefault()
    this.#add(files)
  }

  /* The field itself forgets what it held once more is chosen. */
  #add(files: FileList) {
    const isHeld = (file: File) => this.#held.some((each) => each.name === file.name && each.size === file.size && each.lastModified === file.lastModified)
    this.#set([...this.#held, ...[...files].filter((file) => !isHeld(file))])
  }

  #clicked = ({ target }: Event) => {
    const button = (target as Element).closest<HTMLElement>("[data-at]")
    if (!button) return
    this.#set(this.#held.filter((_file, at) => at !== Number(button.dataset.at)))
    this.#input.focus()
  }

  #set(files: File[]) {
    const most = Number(this.dataset.most ?? 5)
    if (files.length > most) toast(this.dataset.many ?? "")
    const held = new DataTransfer()
    // What stands around the files in a request takes a little too.
    let left = Number(this.dataset.bytes ?? Infinity) - 100_000
    for (const file of files.slice(0, most)) {
      left -= file.size
      if (left >= 0) held.items.add(file)
    }
    if (left < 0) toast(this.dataset.large ?? "")
    this.#input.files = held.files
    this.#held = [...held.files]
    this.#list()
  }

  #list() {
    const items = this.#held.map((file, at) => {
      const remove = (this.dataset.remove ?? "").replace("{name}", file.name)
      return h("li", {}, h("span", {}, file.name), h("button", { type: "button", "data-at": at, "aria-label": remove }, "×"))
    })
    this.querySelector("ul")!.replaceChildren(...items)
  }
}
customElements.define("talk-files", TalkFiles)
