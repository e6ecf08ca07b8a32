/* What an author can do, once for toolbar, menu and keys: each action has a name, a picture, and a moment when it is on. */
import type { Editor } from "@tiptap/core"
import bold from "lucide-static/icons/bold.svg"
import book from "lucide-static/icons/file-text.svg"
import braces from "lucide-static/icons/square-code.svg"
import callout from "lucide-static/icons/info.svg"
import code from "lucide-static/icons/code.svg"
import deep from "lucide-static/icons/telescope.svg"
import film from "lucide-static/icons/film.svg"
import heading2 from "lucide-static/icons/heading-2.svg"
import heading3 from "lucide-static/icons/heading-3.svg"
import image from "lucide-static/icons/image.svg"
import line from "lucide-static/icons/minus.svg"
import link from "lucide-static/icons/link.svg"
import list from "lucide-static/icons/list.svg"
import lock from "lucide-static/icons/lock.svg"
import numbers from "lucide-static/icons/list-ordered.svg"
import play from "lucide-static/icons/circle-play.svg"
import quote from "lucide-static/icons/quote.svg"
import reuse from "lucide-static/icons/blocks.svg"
import simple from "lucide-static/icons/glasses.svg"
import steps from "lucide-static/icons/list-checks.svg"
import strike from "lucide-static/icons/strikethrough.svg"
import table from "lucide-static/icons/table.svg"
import text from "lucide-static/icons/pilcrow.svg"
import { askForBlock, askForFilm, askForLink, askForMarkdown } from "./dialogs.ts"
import { isFilmAddress } from "./figures.ts"
import { uploadsOf } from "./uploads.ts"

export interface Places {
  articles: string
  blocks: string
  markdown: string
}

export interface Action {
  code: string
  icon: string
  /* Words a menu finds it by beside its name, in both languages. */
  also?: string
  keys?: string
  isOn?: (editor: Editor) => boolean
  run: (editor: Editor, places: Places) => void
}

const heading = (level: 2 | 3, icon: string): Action => ({
  code: `heading-${level}`,
  icon,
  also: `h${level} 제목 소제목 heading title`,
  keys: `Mod-Alt-${level}`,
  isOn: (editor) => editor.isActive("heading", { level }),
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
})

const mark = (code: string, name: string, icon: string, keys: string): Action => ({
  code,
  icon,
  keys,
  isOn: (editor) => editor.isActive(name),
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
})

const listOf = (code: string, name: string, icon: string, also: string): Action => ({
  code,
  icon,
  also,
  isOn: (editor) => editor.isActive(name),
  run: (editor) => editor.chain().focus().toggleList(name, "listItem").run(),
})

const depth = (level: "simple" | "deep", icon: string, also: string): Action => ({
  code: `depth-${level}`,
  icon,
  also,
  isOn: (editor) => editor.isActive("depth", { level }),
  run: (editor) => {
    const isOther = editor.isActive("depth") && !editor.isActive("depth", { level })
    const chain = editor.chain().focus()
    return isOther ? chain.updateAttributes("depth", { level }).run() : chain.toggleWrap("depth", { level }).run()
  },
})

/* A chain at the place the cursor has now; a dialog takes the selection away, so it is called before asking. The focus comes
   back at once: the editor's own `focus` waits for a frame, and the next key may come before it. */
function here(editor: Editor) {
  const { from, to } = editor.state.selection
  return () => {
    editor.view.focus()
    return editor.chain().setTextSelection({ from, to })
  }
}

export async function editLink(editor: Editor, places: Places) {
  const back = here(editor)
  const isWords = !editor.state.selection.empty || editor.isActive("link")
  const answer = await askForLink(editor, places.articles)
  const chain = back()
  const href = answer?.href
  if (!answer) chain.run()
  else if (!href) chain.unsetLink().run()
  else if (!isWords)
    chain.insertContent({ type: "text", text: answer.words, marks: [{ type: "link", attrs: { href } }] }).run()
  else chain.extendMarkRange("link").setLink({ href }).run()
}

/* Files from the author's disk; `accept` as in an input. */
function choose(editor: Editor, accept: string) {
  const input = document.createElement("input")
  input.type = "file"
  input.accept = accept
  input.multiple = true
  input.addEventListener("change", () => uploadsOf(editor).insert([...(input.files ?? [])]))
  input.click()
}

async function insertBlock(editor: Editor, { blocks }: Places) {
  const back = here(editor)
  const id = await askForBlock(blocks)
  if (id === null) back().run()
  else back().insertContent({ type: "reusable", attrs: { id } }).run()
}

async function insertEmbed(editor: Editor) {
  const back = here(editor)
  const found = await askForFilm(isFilmAddress)
  if (!found) back().run()
  else back().insertContent({ type: "embed", attrs: { href: found.href }, content: [{ type: "text", text: found.title }] }).run()
}

async function convert(url: string, says: Record<string, string>): Promise<Record<string, string>> {
  const { post } = await import("../ui/token.ts")
  const fields = new FormData()
  for (const [name, value] of Object.entries(says)) fields.set(name, value)
  const answer = await post(url, fields)
  if (!answer.ok) throw new Error(String(answer.status))
  return (await answer.json()) as Record<string, string>
}

/* Markdown as the server reads it: one reader of Markdown, with emphasis beside Hangul right. */
export const readMarkdown = async (url: string, markdown: string) => (await convert(url, { markdown })).html ?? ""

async function asMarkdown(editor: Editor, { markdown: url }: Places) {
  const { toHtml } = await import("./serialise.ts")
  const { markdown = "" } = await convert(url, { html: toHtml(editor) })
  const changed = await askForMarkdown(markdown)
  if (changed !== null && changed !== markdown) editor.chain().focus().setContent(await readMarkdown(url, changed), { emitUpdate: true }).run()
}

export const INLINE: Action[] = [
  mark("bold", "bold", bold, "Mod-B"),
  mark("strike", "strike", strike, "Mod-Shift-S"),
  mark("code", "code", code, "Mod-E"),
  { code: "link", icon: link, keys: "Mod-K", isOn: (editor) => editor.isActive("link"), run: (editor, places) => void editLink(editor, places) },
]

export const BLOCKS: Action[] = [
  { code: "paragraph", icon: text, also: "p 본문 글 문단 plain text paragraph", keys: "Mod-Alt-0", isOn: (editor) => editor.isActive("paragraph") && !editor.isActive("listItem"), run: (editor) => editor.chain().focus().setParagraph().run() },
  heading(2, heading2),
  heading(3, heading3),
  listOf("bullets", "bulletList", list, "ul 목록 bullets list"),
  listOf("numbers", "orderedList", numbers, "ol 번호 numbered list"),
  listOf("steps", "steps", steps, "단계 순서 체크 steps todo tick"),
]

export const INSERTS: Action[] = [
  { code: "picture", icon: image, also: "사진 그림 이미지 picture image photo", run: (editor) => choose(editor, "image/png,image/jpeg,image/gif,image/webp") },
  { code: "film", icon: film, also: "동영상 영상 비디오 film video mp4", run: (editor) => choose(editor, "video/mp4,video/webm") },
  { code: "embed", icon: play, also: "유튜브 영상 youtube vimeo naver film video", run: (editor) => void insertEmbed(editor) },
  { code: "table", icon: table, also: "표 table", run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run() },
  { code: "callout", icon: callout, also: "알림 상자 콜아웃 강조 주의 팁 참고 callout note tip caution", isOn: (editor) => editor.isActive("callout"), run: (editor) => editor.chain().focus().toggleWrap("callout", { kind: "note" }).run() },
  { code: "quote", icon: quote, also: "인용 quotation blockquote", isOn: (editor) => editor.isActive("blockquote"), run: (editor) => editor.chain().focus().toggleBlockquote().run() },
  { code: "code-block", icon: braces, also: "코드 code pre", isOn: (editor) => editor.isActive("codeBlock"), run: (editor) => editor.chain().focus().toggleCodeBlock().run() },
  { code: "passage", icon: lock, also: "내부 상담사에게만 직원 동료 colleagues agents private", isOn: (editor) => editor.isActive("passage"), run: (editor) => editor.chain().focus().toggleWrap("passage").run() },
  depth("simple", simple, "쉬운 설명 simple easy"),
  depth("deep", deep, "자세한 설명 깊은 deep in depth detail"),
  { code: "block", icon: reuse, also: "블록 재사용 reusable snippet", run: (editor, places) => void insertBlock(editor, places) },
  { code: "line", icon: line, also: "구분선 hr dividing line divider", run: (editor) => editor.chain().focus().setHorizontalRule().run() },
  { code: "markdown", icon: book, also: "마크다운 markdown md", run: (editor, places) => void asMarkdown(editor, places) },
]
