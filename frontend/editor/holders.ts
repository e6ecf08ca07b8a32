/* Nodes that hold other blocks: callouts, passages for colleagues or for one depth, steps, and headings with an anchor of their own. */
import { Node } from "@tiptap/core"
import { Heading as PlainHeading } from "@tiptap/extension-heading"
import { OrderedList } from "@tiptap/extension-list"
import { say } from "./words.ts"

export const KINDS = ["note", "tip", "caution"]
const READ_KINDS = [...KINDS, "important", "warning"]

export const Callout = Node.create({
  name: "callout",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => ({ kind: { default: "note", renderHTML: () => ({}) } }),
  parseHTML: () =>
    READ_KINDS.flatMap((kind) => [`aside.${kind}`, `div.admonition.${kind}`].map((tag) => ({ tag, attrs: { kind } }))),
  renderHTML: ({ node }) => ["aside", { class: node.attrs.kind }, 0],
  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement("aside")
      const name = document.createElement("p")
      const contentDOM = document.createElement("div")
      name.className = "callout-name"
      name.contentEditable = "false"
      dom.append(name, contentDOM)
      const draw = (kind: string) => {
        dom.className = "callout"
        dom.dataset.kind = kind
        name.textContent = say(`kind-${kind}`)
      }
      draw(node.attrs.kind)
      return { dom, contentDOM, update: (next) => next.type === node.type && (draw(next.attrs.kind), true) }
    }
  },
})

export const Passage = Node.create({
  name: "passage",
  group: "block",
  content: "block+",
  defining: true,
  isolating: true,
  parseHTML: () => [{ tag: "section[data-audience]", priority: 60 }],
  renderHTML: () => ["section", { "data-audience": "agents" }, 0],
  addNodeView() {
    return () => {
      const dom = document.createElement("section")
      dom.className = "callout"
      dom.dataset.kind = "passage"
      const name = document.createElement("p")
      name.className = "callout-name"
      name.contentEditable = "false"
      name.textContent = say("passage-is-inner")
      const contentDOM = document.createElement("div")
      dom.append(name, contentDOM)
      return { dom, contentDOM }
    }
  },
})

/* A part only readers of one depth get: "simple" or "deep". */
export const Depth = Node.create({
  name: "depth",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => ({ level: { default: "deep", renderHTML: () => ({}) } }),
  parseHTML: () => ["simple", "deep"].map((level) => ({ tag: `section[data-depth=${level}]`, priority: 60, attrs: { level } })),
  renderHTML: ({ node }) => ["section", { "data-depth": node.attrs.level }, 0],
  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement("section")
      const name = document.createElement("p")
      const contentDOM = document.createElement("div")
      dom.className = "callout"
      dom.dataset.kind = "passage"
      name.className = "callout-name"
      name.contentEditable = "false"
      dom.append(name, contentDOM)
      const draw = (level: string) => (name.textContent = say(`depth-${level}`))
      draw(node.attrs.level)
      return { dom, contentDOM, update: (next) => next.type === node.type && (draw(next.attrs.level), true) }
    }
  },
})

/* A numbered list whose items a reader ticks. Its own kind of list, so that toggling turns one into the other. */
export const Steps = OrderedList.extend({
  name: "steps",
  priority: 110,
  addAttributes: () => ({}),
  parseHTML: () => [{ tag: "ol.steps", priority: 70 }],
  renderHTML: () => ["ol", { class: "steps" }, 0],
  addCommands: () => ({}),
  addKeyboardShortcuts: () => ({}),
  addInputRules: () => [],
})

export const Heading = PlainHeading.extend({
  addAttributes() {
    return { ...this.parent?.(), id: { default: null } }
  },
  parseHTML() {
    return [
      { tag: "h1", attrs: { level: 2 } },
      ...[2, 3, 4].map((level) => ({ tag: `h${level}`, attrs: { level } })),
      { tag: "h5", attrs: { level: 4 } },
      { tag: "h6", attrs: { level: 4 } },
    ]
  },
}).configure({ levels: [2, 3, 4] })
