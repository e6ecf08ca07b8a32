/* Pictures that stand in the words: pasted or dropped on the field, they are kept at once and stand where the cursor is, as
 * ![what it shows](picture:its name). Below the field each is shown, described and taken out again; nobody has to describe it.
 *   host[data-pictures="where they are kept"][data-kind="of the draft"][data-picture-words="{list, alt, hint, missing, remove, coming, failed}"]
 * Without it a picture is a file beside the words.
 */
import { h } from "../../ui/dom.ts"
import { toast } from "../../ui/toast.ts"
import { csrf } from "../page.ts"
import { type } from "./edit.ts"

const PLACED = /!\[([^\]\n]*)\]\(picture:([0-9A-Za-z]{8,40})\)/g

type Words = Record<"list" | "alt" | "hint" | "missing" | "remove" | "coming" | "failed", string>

export class Pictures {
  #strip = h("ul", { class: "pen-pictures", role: "list", hidden: true })
  #words: Words
  #before = Promise.resolve()

  constructor(
    private host: HTMLElement,
    private field: HTMLTextAreaElement,
    signal: AbortSignal,
  ) {
    this.#words = JSON.parse(host.dataset.pictureWords!) as Words
    this.#strip.ariaLabel = this.#words.list
    host.after(this.#strip)
    field.addEventListener("paste", (event) => this.#pasted(event), { signal })
    field.addEventListener("drop", (event) => this.#take(event.dataTransfer?.files, event), { signal })
    for (const kind of ["input", "words-put"]) field.addEventListener(kind, () => this.#draw(), { signal })
    signal.addEventListener("abort", () => this.#strip.remove())
    this.#draw()
  }

  /* Cells of a table come as words with a picture of them: the words are meant. */
  #pasted(event: ClipboardEvent) {
    if (!event.clipboardData?.types.includes("text/plain")) this.#take(event.clipboardData?.files, event)
  }

  /* Pictures alone; where anything else is among them all are files beside the words. */
  #take(found: FileList | undefined, event: Event) {
    const files = [...(found ?? [])]
    if (!files.length || files.some((file) => !/^image\/(png|jpeg|gif|webp)$/.test(file.type))) return
    event.preventDefault()
    event.stopPropagation()
    this.field.closest("form")?.removeAttribute("data-drop")
    // One after the other, so that they stand in the order they came in.
    this.#before = this.#before.then(() => this.#place(files))
  }

  async #place(files: File[]) {
    for (const file of files) {
      this.#say(this.#words.coming)
      try {
        await this.#keep(file)
      } catch {
        toast(this.#words.failed)
      }
      this.#say("")
    }
  }

  /* What is refused in words is said in them. */
  async #keep(file: File) {
    const fields = new FormData()
    fields.set("csrfmiddlewaretoken", csrf())
    fields.set("kind", this.host.dataset.kind!)
    fields.set("file", file)
    const answer = await fetch(this.host.dataset.pictures!, { method: "POST", body: fields })
    const said = (await answer.json()) as { name: string; words?: string }
    if (answer.ok) this.#put(said.name)
    else toast(said.words ?? this.#words.failed)
  }

  /* On a line of its own, where the cursor is now; then what it shows is asked. */
  #put(name: string) {
    const before = this.field.value.slice(0, this.field.selectionStart)
    type(this.field, `${before && !before.endsWith("\n") ? "\n" : ""}![](picture:${name})\n`)
    this.#draw()
    this.#strip.querySelector<HTMLInputElement>(`[data-name="${name}"] input`)?.focus()
  }

  #placed() {
    return [...this.field.value.matchAll(PLACED)].map(([whole, alt, name], at) => ({ whole, alt: alt!, name: name!, at }))
  }

  /* What is there already keeps its place and its focus. */
  #draw() {
    const placed = this.#placed()
    const here = new Map([...this.#strip.children].map((item) => [(item as HTMLElement).dataset.name!, item as HTMLElement]))
    for (const [name, item] of here) if (!placed.some((each) => each.name === name)) item.remove()
    for (const { name, alt } of placed) {
      const item = here.get(name) ?? this.#item(name)
      const input = item.querySelector("input")!
      if (document.activeElement !== input && input.value !== alt) input.value = alt
      item.querySelector<HTMLElement>("[data-missing]")!.hidden = !!alt.trim()
      if (!item.isConnected) this.#strip.append(item)
      here.set(name, item)
    }
    this.#strip.hidden = !placed.length
  }

  #item(name: string) {
    const { alt, hint, missing, remove } = this.#words
    const id = `${this.field.id}-${name}`
    const input = h("input", { type: "text", class: "control", maxlength: 300, placeholder: hint, "aria-label": alt, "aria-describedby": id })
    input.addEventListener("input", (event) => {
      event.stopPropagation()
      this.#describe(name, input.value)
    })
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      this.field.focus()
    })
    const onclick = () => {
      this.#change(name, "")
      this.field.focus()
    }
    return h(
      "li",
      { "data-name": name },
      h("img", { src: `${this.host.dataset.pictures}/${name}`, alt: "" }),
      h("label", {}, alt, " ", h("span", { id, "data-missing": true }, missing), input),
      h("button", { type: "button", class: "icon-button", "aria-label": remove, title: remove, onclick }, "×"),
    )
  }

  #describe(name: string, said: string) {
    this.#change(name, `![${said.replace(/[[\]\n]/g, " ")}](picture:${name})`)
  }

  #change(name: string, instead: string) {
    this.field.value = this.field.value.replace(PLACED, (whole, _alt, found) => (found === name ? instead : whole))
    this.field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #say(words: string) {
    if (words) this.field.closest("form")?.querySelector("[data-slot=draft]")?.replaceChildren(words)
    this.host.toggleAttribute("aria-busy", !!words)
  }
}
