/* Files on their way in: dropped, pasted or chosen; each stands in the text at once and is shown when it is kept. */
import type { Editor } from "@tiptap/core"
import { post } from "../ui/token.ts"
import { say } from "./words.ts"

export interface Kept {
  src: string
  type: string
  width?: number
  height?: number
}

const known = new WeakMap<Editor, Uploads>()
let count = 0

export const uploadsOf = (editor: Editor) => known.get(editor)!

export class Uploads {
  #waiting = 0

  /* url: where files are sent; tell: says to the author what happens, "" when nothing does. */
  constructor(private editor: Editor, private url: string, private tell: (words: string) => void) {
    known.set(editor, this)
  }

  get isWaiting() {
    return this.#waiting > 0
  }

  /* Send one file; null where it was refused, and then the author was told why. */
  async keep(file: File): Promise<Kept | null> {
    const fields = new FormData()
    fields.set("file", file)
    return this.#send(fields, file.name)
  }

  /* Put pictures and films into the text where the cursor is. */
  insert(files: File[], at = this.editor.state.selection.to) {
    for (const file of files) void this.#place(file, at)
  }

  /* Pictures that came with pasted text are fetched by the server and become the article's own. */
  async bringHome(address: string, key: string) {
    if (address.startsWith("data:")) return this.#fill(key, await this.keep(fileOf(address)))
    const fields = new FormData()
    fields.set("address", address)
    this.#fill(key, await this.#send(fields, address))
  }

  async #place(file: File, at: number) {
    const key = `upload-${++count}`
    const type = file.type.startsWith("video/") ? "film" : "picture"
    this.editor.chain().insertContentAt(at, { type, attrs: { key } }).run()
    this.#fill(key, await this.keep(file))
  }

  #fill(key: string, kept: Kept | null) {
    const { state, view } = this.editor
    state.doc.descendants((node, position) => {
      if (node.attrs.key !== key) return true
      const tr = state.tr
      if (kept && node.type.name === "picture") tr.setNodeMarkup(position, undefined, { ...node.attrs, src: kept.src, width: kept.width, height: kept.height, key: null })
      else if (kept) tr.setNodeMarkup(position, undefined, { ...node.attrs, src: kept.src, key: null })
      else tr.delete(position, position + node.nodeSize)
      view.dispatch(tr)
      return false
    })
  }

  async #send(fields: FormData, name: string): Promise<Kept | null> {
    this.#waiting++
    this.tell(say("uploading", { name }))
    try {
      const answer = await post(this.url, fields)
      const body = (await answer.json().catch(() => ({}))) as Kept & { error?: string }
      if (answer.ok) {
        this.tell("")
        return body
      }
      this.tell(body.error ?? say("upload-failed", { name }))
    } catch {
      this.tell(say("upload-failed", { name }))
    } finally {
      this.#waiting--
    }
    return null
  }
}

/* The file a data: address holds, taken apart by hand: our policy lets no page fetch one. */
function fileOf(address: string): File {
  const [head = "", body = ""] = address.split(",", 2)
  const bytes = Uint8Array.from(atob(/;base64$/.test(head) ? body : ""), (sign) => sign.charCodeAt(0))
  return new File([bytes], say("picture"), { type: head.slice(5).split(";")[0] })
}
