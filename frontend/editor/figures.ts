/* Pictures, films and other sites' films, each with the fields its author must fill in right below it. */
import { type Editor, Node } from "@tiptap/core"
import type { Node as Held } from "@tiptap/pm/model"
import { NodeSelection, Plugin } from "@tiptap/pm/state"
import captionsIcon from "lucide-static/icons/captions.svg"
import { askForDescription } from "./dialogs.ts"
import { h, picture } from "../ui/dom.ts"
import { type Kept, uploadsOf } from "./uploads.ts"
import { say } from "./words.ts"

type Position = () => number | undefined

export const isFilmAddress = (address: string) =>
  /^https:\/\/((www\.|m\.)?youtube\.com\/|youtu\.be\/|(www\.|player\.)?vimeo\.com\/\w|tv\.naver\.com\/|tv\.kakao\.com\/)\S+$/.test(address)

const dimensions = () => ({ width: { default: null }, height: { default: null } })

/* Writes attributes of the node at a position; nothing happens where it is gone meanwhile. */
function change(editor: Editor, at: Position, attributes: Record<string, unknown>) {
  const position = at()
  const node = position === undefined ? null : editor.state.doc.nodeAt(position)
  if (node && position !== undefined) editor.view.dispatch(editor.state.tr.setNodeMarkup(position, undefined, { ...node.attrs, ...attributes }))
}

/* What a node view shares: events in its fields are its own, and only the caption is the document's. */
function framed(dom: HTMLElement, contentDOM: HTMLElement, tools: HTMLElement, update: (node: Held) => boolean) {
  return {
    dom,
    contentDOM,
    update,
    stopEvent: (event: Event) => tools.contains(event.target as globalThis.Node),
    ignoreMutation: (mutation: { target: globalThis.Node }) => !contentDOM.contains(mutation.target),
  }
}

const caption = () => h("figcaption", { "data-placeholder": say("caption") })

export const Picture = Node.create({
  name: "picture",
  group: "block",
  content: "inline*",
  draggable: true,
  isolating: true,
  addAttributes: () => ({ src: { default: "" }, ...dimensions(), alt: { default: null }, key: { default: null, rendered: false } }),
  parseHTML: () => [
    {
      tag: "img[data-key]",
      priority: 70,
      contentElement: () => document.createElement("figcaption"),
      getAttrs: (image) => ({ ...drawn(image), src: "", key: image.dataset.key }),
    },
    {
      tag: "figure",
      priority: 65,
      contentElement: (element) => element.querySelector("figcaption") ?? document.createElement("figcaption"),
      getAttrs: (element) => {
        const image = element.querySelector("img[src]")
        return image && !element.querySelector("video, iframe, table") ? drawn(image) : false
      },
    },
    {
      tag: "img[src]",
      contentElement: () => document.createElement("figcaption"),
      getAttrs: (element) => (standsAlone(element) ? drawn(element) : false),
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ["figure", ["img", HTMLAttributes], ["figcaption", 0]],
  addNodeView() {
    return ({ node, editor, getPos }) => {
      const image = h("img", { draggable: "false" })
      const alt = h("input", { class: "control", type: "text", maxlength: 300, placeholder: say("alt-hint"), "aria-label": say("alt") })
      const decoration = h("input", { type: "checkbox" })
      const missing = h("span", { class: "editor-missing" }, say("alt-missing"))
      const tools = h(
        "div",
        { class: "editor-figure-tools", contenteditable: "false" },
        h("label", { class: "editor-alt" }, h("span", {}, say("alt")), alt),
        h("label", { class: "editor-check" }, decoration, h("span", {}, say("alt-decoration"))),
        missing,
      )
      alt.addEventListener("input", () => change(editor, getPos, { alt: alt.value.trim() ? alt.value : null }))
      decoration.addEventListener("change", () => change(editor, getPos, { alt: decoration.checked ? "" : alt.value || null }))
      const contentDOM = caption()
      const dom = h("figure", { class: "editor-figure" }, h("div", { contenteditable: "false", class: "editor-shown" }, image), tools, contentDOM)
      const draw = ({ attrs }: Held) => {
        dom.toggleAttribute("data-waiting", !attrs.src)
        if (attrs.src && image.getAttribute("src") !== attrs.src) image.src = attrs.src
        image.alt = attrs.alt ?? ""
        if (document.activeElement !== alt) alt.value = attrs.alt ?? ""
        alt.disabled = decoration.checked = attrs.alt === ""
        missing.hidden = attrs.alt !== null || !attrs.src
      }
      draw(node)
      return framed(dom, contentDOM, tools, (next) => next.type === node.type && (draw(next), true))
    }
  },
})

/* Where a picture of this address stands; of several the first that is not described. */
export function placeOf(editor: Editor, src: string): number | null {
  const found: { at: number; isOpen: boolean }[] = []
  editor.state.doc.descendants((node, at) => {
    if (/^(picture|inlinePicture)$/.test(node.type.name) && node.attrs.src === src) found.push({ at, isOpen: node.attrs.alt === null })
  })
  return (found.find(({ isOpen }) => isOpen) ?? found[0])?.at ?? null
}

/* Lead the author to the field that says what the picture at a position shows; for one among words, ask in a dialog. */
export function describePicture(editor: Editor, at: number) {
  const node = editor.state.doc.nodeAt(at)
  const shown = editor.view.nodeDOM(at)
  if (!node || !(shown instanceof HTMLElement)) return
  shown.scrollIntoView({ block: "center" })
  const alt = shown.querySelector<HTMLInputElement>(".editor-alt input")
  if (node.type.name === "picture") {
    ;(alt?.disabled ? shown.querySelector<HTMLInputElement>(".editor-check input") : alt)?.focus()
    return
  }
  void askForDescription(node.attrs.alt as string | null).then((said) => {
    if (said) change(editor, () => at, { alt: said.alt })
    editor.commands.focus()
  })
}

/* A picture among words, such as that of a key to press. */
export const InlinePicture = Node.create({
  name: "inlinePicture",
  group: "inline",
  inline: true,
  addAttributes: () => ({ src: { default: "" }, ...dimensions(), alt: { default: null } }),
  parseHTML: () => [{ tag: "img[src]", priority: 45, getAttrs: (element) => drawn(element) }],
  renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { selection } = editor.state
        const isOne = selection instanceof NodeSelection && selection.node.type.name === this.name
        if (isOne) describePicture(editor as Editor, selection.from)
        return isOne
      },
    }
  },
  addProseMirrorPlugins() {
    const { editor, name } = this
    const handleDoubleClickOn = (_view: unknown, _at: number, node: Held, from: number) => {
      if (node.type.name !== name) return false
      describePicture(editor as Editor, from)
      return true
    }
    return [new Plugin({ props: { handleDoubleClickOn } })]
  },
})

function drawn(image: Element) {
  const of = (name: string) => image.getAttribute(name)
  return { src: of("src"), alt: of("alt"), width: of("width"), height: of("height") }
}

function standsAlone(image: HTMLElement): boolean {
  const line = image.closest("p, li, td, th, h2, h3, h4")
  return !line || !line.textContent?.trim()
}

export const Film = Node.create({
  name: "film",
  group: "block",
  content: "inline*",
  draggable: true,
  isolating: true,
  addAttributes: () => ({
    src: { default: "" },
    title: { default: null },
    poster: { default: null },
    ...dimensions(),
    tracks: { default: [], rendered: false },
    key: { default: null, rendered: false },
  }),
  parseHTML: () =>
    ["figure:has(video)", "video"].map((tag) => ({
      tag,
      priority: 80,
      contentElement: (element: HTMLElement) => element.querySelector("figcaption") ?? document.createElement("figcaption"),
      getAttrs: (element: HTMLElement) => filmed(element.matches("video") ? element : element.querySelector("video")!),
    })),
  renderHTML: ({ HTMLAttributes, node }) => [
    "figure",
    ["video", { ...HTMLAttributes, controls: "", preload: "metadata" }, ...node.attrs.tracks.map((track: Track) => ["track", { kind: "captions", ...track }])],
    ["figcaption", 0],
  ],
  addNodeView() {
    return ({ node, editor, getPos }) => {
      const film = h("video", { controls: true, preload: "metadata" })
      const title = h("input", { class: "control", type: "text", maxlength: 200, "aria-label": say("film-title"), placeholder: say("film-title") })
      const list = h("ul", { role: "list", class: "editor-tracks" })
      const tools = h("div", { class: "editor-figure-tools", contenteditable: "false" }, title, list, ...["ko", "en"].map(addTrack))
      title.addEventListener("input", () => change(editor, getPos, { title: title.value || null }))
      const contentDOM = caption()
      const dom = h("figure", { class: "editor-figure" }, h("div", { contenteditable: "false", class: "editor-shown" }, film), tools, contentDOM)
      let tracks: Track[] = []

      function addTrack(language: string) {
        const file = h("input", { type: "file", accept: ".vtt,.srt,text/vtt", hidden: true })
        file.addEventListener("change", async () => {
          const kept = file.files?.[0] && (await uploadsOf(editor).keep(file.files[0]))
          file.value = ""
          const label = say(`language-${language}`)
          if (kept) change(editor, getPos, { tracks: [...tracks.filter((one) => one.srclang !== language), { src: kept.src, srclang: language, label }] })
        })
        const open = h("button", { type: "button", class: "button", "data-size": "small", onclick: () => file.click() }, picture(captionsIcon), say(`captions-${language}`))
        return h("span", {}, open, file)
      }
      const draw = ({ attrs }: Held) => {
        tracks = attrs.tracks
        dom.toggleAttribute("data-waiting", !attrs.src)
        if (attrs.src && film.getAttribute("src") !== attrs.src) film.src = attrs.src
        if (document.activeElement !== title) title.value = attrs.title ?? ""
        list.replaceChildren(
          ...tracks.map((track) => {
            const remove = () => change(editor, getPos, { tracks: tracks.filter((one) => one !== track) })
            const name = say("captions-there", { language: track.label ?? track.srclang })
            return h("li", {}, name, h("button", { type: "button", class: "button", "data-kind": "plain", "data-size": "small", onclick: remove }, say("remove")))
          }),
        )
      }
      draw(node)
      return framed(dom, contentDOM, tools, (next) => next.type === node.type && (draw(next), true))
    }
  },
})

interface Track {
  src: string
  srclang: string
  label?: string
}

function filmed(film: Element) {
  const of = (name: string) => film.getAttribute(name)
  const tracks = [...film.querySelectorAll("track")].map((track) => ({
    src: track.getAttribute("src") ?? "",
    srclang: track.getAttribute("srclang") ?? "",
    label: track.getAttribute("label") ?? "",
  }))
  const src = of("src") ?? film.querySelector("source")?.getAttribute("src") ?? ""
  return { src, title: of("title"), poster: of("poster"), width: of("width"), height: of("height"), tracks }
}

/* A film elsewhere: the author's text holds a link with its title; readers load the player only when they press play. */
export const Embed = Node.create({
  name: "embed",
  group: "block",
  content: "text*",
  marks: "",
  isolating: true,
  addAttributes: () => ({ href: { default: "", rendered: false }, transcript: { default: "", rendered: false } }),
  parseHTML: () => [
    {
      tag: "figure.embed",
      priority: 85,
      contentElement: "a",
      getAttrs: (element) => ({ href: element.querySelector("a")?.getAttribute("href") ?? "", transcript: linesOf(element.querySelector("figcaption")) }),
    },
  ],
  renderHTML: ({ node }) => {
    const lines = (node.attrs.transcript as string).split("\n").flatMap((line) => (line.trim() ? [["br"], line.trim()] : [])).slice(1)
    return ["figure", { class: "embed" }, ["a", { href: node.attrs.href }, 0], ...(lines.length ? [["figcaption", {}, ...lines]] : [])]
  },
  addNodeView() {
    return ({ node, editor, getPos }) => {
      const contentDOM = h("p", { class: "editor-embed-title", "data-placeholder": say("film-title") })
      const address = h("p", { class: "editor-note" }, node.attrs.href)
      const said = h("textarea", { class: "control", rows: 4, placeholder: say("transcript-hint"), "aria-label": say("transcript") })
      const tools = h("div", { class: "editor-figure-tools", contenteditable: "false" }, address, h("label", { class: "editor-alt" }, h("span", {}, say("transcript")), said))
      said.addEventListener("input", () => change(editor, getPos, { transcript: said.value }))
      const draw = ({ attrs }: Held) => {
        if (document.activeElement !== said) said.value = attrs.transcript
      }
      draw(node)
      const dom = h("figure", { class: "editor-embed" }, contentDOM, tools)
      return framed(dom, contentDOM, tools, (next) => next.type === node.type && next.attrs.href === node.attrs.href && (draw(next), true))
    }
  },
})

/* The words below a film elsewhere, a line each. */
function linesOf(caption: Element | null): string {
  const copy = caption?.cloneNode(true) as Element | undefined
  for (const end of copy?.querySelectorAll("br") ?? []) end.replaceWith("\n")
  return copy?.textContent ?? ""
}

/* What an upload becomes in the text. */
export function figureOf(kept: Kept): { type: string; attrs: Record<string, unknown> } | null {
  if (kept.type.startsWith("image/")) return { type: "picture", attrs: { src: kept.src, width: kept.width, height: kept.height } }
  return kept.type.startsWith("video/") ? { type: "film", attrs: { src: kept.src } } : null
}
