/* The pages on which somebody writes an article or a block load this, and no other page does. */
import "./article-editor.ts"
