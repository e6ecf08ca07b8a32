/* The editor of articles and blocks. Without it the textarea inside takes HTML or Markdown and saves all the same.
 *   <article-editor data-words="{…}" data-files="…" data-articles="…" data-blocks="…" data-markdown="…" data-label="…">
 *     <textarea name="html">  clean HTML; what is sent
 *     <input name="document" type="hidden">  the editor's own document as JSON, sent beside it
 * Both follow every change within a moment, and at once when the form is sent; the textarea emits input. `load(html)` puts
 * other words in their place.
 */
import { Editor } from "@tiptap/core"
import { ListItem } from "@tiptap/extension-list"
import StarterKit from "@tiptap/starter-kit"
import { editLink, type Places, readMarkdown } from "./actions.ts"
import { AsIs } from "./asis.ts"
import { Block } from "./block.ts"
import { h } from "../ui/dom.ts"
import { Embed, Film, InlinePicture, Picture, describePicture, isFilmAddress, placeOf } from "./figures.ts"
import { Callout, Depth, Heading, Passage, Steps } from "./holders.ts"
import { Link, Tag, isSafeAddress } from "./inner-marks.ts"
import { cleaned, looksLikeMarkdown, withKeys } from "./paste.ts"
import { catchUp } from "./selection.ts"
import { toHtml } from "./serialise.ts"
import { SlashMenu } from "./slash-menu.ts"
import { Table, TableCell, TableHeader, TableRow } from "./tables.ts"
import { Toolbar } from "./toolbar.ts"
import { Uploads, uploadsOf } from "./uploads.ts"
import { learnWords, say } from "./words.ts"

const KEEP_MS = 250

export class ArticleEditor extends HTMLElement {
  #leaving = new AbortController()
  #editor?: Editor
  #timer = 0
  #sent = ""

  connectedCallback() {
    if (this.#editor) return
    this.#leaving = new AbortController()
    learnWords(this.dataset.words)
    const surface = h("div", { class: "editor-surface" })
    const state = h("p", { class: "editor-state muted", role: "status" })
    this.#editor = this.#made(surface)
    const places = this.#places
    const toolbar = new Toolbar(this.#editor, places)
    const menu = new SlashMenu(this.#editor, places)
    new Uploads(this.#editor, this.dataset.files ?? "", (words) => (state.textContent = words))
    this.append(h("div", { class: "editor" }, toolbar.element, surface, menu.element, state))
    this.#field.hidden = true
    this.toggleAttribute("data-ready", true)
    const { signal } = this.#leaving
    this.closest("form")?.addEventListener("submit", () => this.#keep(), { signal, capture: true })
    this.closest("form")?.addEventListener("formdata", (event) => this.#fill(event.formData), { signal })
    this.addEventListener("keydown", (event) => this.#keydown(event, toolbar), { signal })
    document.addEventListener("click", (event) => this.#describe(event), { signal })
    this.#sent = this.#field.value
    const [, wanted] = /^#describe=(.+)$/.exec(location.hash) ?? []
    if (wanted) requestAnimationFrame(() => this.#leadTo(decodeURIComponent(wanted)))
  }

  /* A link of the page that names a picture of this text by its address leads to where it is described. */
  #describe(event: MouseEvent) {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-describe]") : null
    if (!link) return
    if (this.#leadTo(link.dataset.describe ?? "")) event.preventDefault()
  }

  #leadTo(src: string): boolean {
    const place = this.#editor ? placeOf(this.#editor, src) : null
    if (place === null) return false
    describePicture(this.#editor!, place)
    return true
  }

  disconnectedCallback() {
    this.#leaving.abort()
    clearTimeout(this.#timer)
  }

  /* Replace the text, as one step that can be undone. */
  load(html: string) {
    this.#editor?.chain().setContent(html, { emitUpdate: true }).run()
  }

  focus() {
    this.#editor?.commands.focus()
  }

  get #field() {
    return this.querySelector<HTMLTextAreaElement>("textarea[name=html]")!
  }

  get #document() {
    return this.querySelector<HTMLInputElement>("input[name=document]")
  }

  get #places(): Places {
    const { articles = "", blocks = "", markdown = "" } = this.dataset
    return { articles, blocks, markdown }
  }

  #made(surface: HTMLElement): Editor {
    return new Editor({
      element: surface,
      injectCSS: false,
      extensions: [
        StarterKit.configure({ heading: false, link: false, codeBlock: { languageClassPrefix: "language-" }, listItem: false }),
        ListItem.extend({ content: "block+" }), Heading, Steps, Link, Tag, Callout, Passage, Depth, Table, TableRow, TableCell, TableHeader,
        Picture, InlinePicture, Film, Embed, AsIs, Block.configure({ url: this.dataset.blocks ?? "" }),
      ],
      content: this.#opening(),
      editorProps: {
        attributes: {
          id: "editor-text", class: "prose", role: "textbox", "aria-multiline": "true", "aria-label": this.dataset.label ?? say("text"),
          "aria-haspopup": "listbox", "aria-controls": "editor-choices", "data-placeholder": say("placeholder"),
        },
        // The toolbar stays above the text: the line that is written never goes below it.
        scrollThreshold: { top: 100, right: 0, bottom: 24, left: 0 },
        scrollMargin: { top: 108, right: 0, bottom: 48, left: 0 },
        handleDOMEvents: { keydown: catchUp },
        transformPastedHTML: (html) => this.#plain(html),
        handlePaste: (_view, event) => this.#paste(event),
        handleDrop: (view, event, _slice, isMoved) => {
          const files = isMoved ? [] : this.#shown(event.dataTransfer)
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos
          if (files.length) uploadsOf(this.#editor!).insert(files, at)
          return files.length > 0
        },
      },
      onUpdate: () => {
        clearTimeout(this.#timer)
        this.#timer = window.setTimeout(() => this.#keep(), KEEP_MS)
      },
    })
  }

  /* The document if there is one and this editor can read it; else the HTML. */
  #opening() {
    try {
      const found = JSON.parse(this.#document?.value || "null") as { type?: string } | null
      if (found?.type === "doc") return found
    } catch {
      // The HTML says the same.
    }
    return this.#field.value
  }

  /* Write the text into the fields that are sent. A syllable that is being put together is in the text already. */
  #keep() {
    clearTimeout(this.#timer)
    const html = toHtml(this.#editor!)
    if (this.#document) this.#document.value = html ? JSON.stringify(this.#editor!.getJSON()) : ""
    if (html === this.#sent) return
    this.#sent = this.#field.value = html
    this.#field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #fill(fields: FormData) {
    this.#keep()
    fields.set("html", this.#field.value)
    if (this.#document) fields.set("document", this.#document.value)
  }

  #keydown(event: KeyboardEvent, toolbar: Toolbar) {
    if (event.isComposing || event.keyCode === 229) return
    const isMod = event.ctrlKey || event.metaKey
    if (event.altKey && event.key === "F10") toolbar.focus()
    else if (isMod && event.code === "KeyK") void editLink(this.#editor!, this.#places)
    else return
    event.preventDefault()
  }

  /* Pasted HTML made plain; pictures of other places are sent for once they stand in the text. */
  #plain(html: string): string {
    const { html: plain, wanted } = withKeys(cleaned(html))
    queueMicrotask(() => wanted.forEach((address, key) => void uploadsOf(this.#editor!).bringHome(address, key)))
    return plain
  }

  #shown(data: DataTransfer | null) {
    return [...(data?.files ?? [])].filter(({ type }) => /^(image\/(png|jpeg|gif|webp)|video\/(mp4|webm))$/.test(type))
  }

  #paste(event: ClipboardEvent): boolean {
    const data = event.clipboardData
    const html = data?.getData("text/html") ?? ""
    const text = data?.getData("text/plain") ?? ""
    const files = this.#shown(data)
    const editor = this.#editor!
    // A copied picture comes with HTML that only names it; words with a picture come with files of their own look.
    if (files.length && !text.trim()) {
      uploadsOf(editor).insert(files)
      return true
    }
    const { empty, $from } = editor.state.selection
    const address = text.trim()
    if (!/\s/.test(address) && /^https?:\/\//.test(address) && isSafeAddress(address)) {
      if (!empty) return editor.chain().setLink({ href: address }).run()
      if (isFilmAddress(address) && !$from.parent.content.size)
        return editor.chain().insertContent({ type: "embed", attrs: { href: address }, content: [{ type: "text", text: address }] }).run()
      return editor.chain().insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href: address } }] }).run()
    }
    if (!html && looksLikeMarkdown(text) && !editor.isActive("codeBlock")) {
      void readMarkdown(this.#places.markdown, text)
        .then((made) => editor.chain().focus().insertContent(made).run())
        .catch(() => editor.chain().focus().insertContent(text).run())
      return true
    }
    return false
  }
}
customElements.define("article-editor", ArticleEditor)
