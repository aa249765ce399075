import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { parseDocstring, type Docstring } from './docstring.js';

/** The docstring of a constant that a package's `index.ts` exports by name, found where the constant is declared. */
export function readDocstring(index: URL, exported: string): Docstring {
  const declared = declaredIn(index, exported);
  const file = parse(declared);
  const statement = file.statements.find(
    (node): node is ts.VariableStatement =>
      ts.isVariableStatement(node) &&
      node.declarationList.declarations.some(({ name }) => name.getText(file) === exported),
  );
  const comment = statement && ts.getJSDocCommentsAndTags(statement).find(ts.isJSDoc);
  if (!comment) throw new Error(`"${exported}" has no docstring in ${declared.pathname}.`);
  const sources = (comment.tags ?? []).filter((tag) => tag.tagName.text === 'see').map((tag) => textOf(tag, file));
  return parseDocstring(ts.getTextOfJSDocComment(comment.comment) ?? '', sources);
}

function declaredIn(index: URL, exported: string): URL {
  for (const statement of parse(index).statements) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause))
      continue;
    if (!statement.exportClause.elements.some(({ name }) => name.text === exported)) continue;
    const from = statement.moduleSpecifier as ts.StringLiteral;
    return new URL(from.text.replace(/\.js$/, '.ts'), index);
  }
  throw new Error(`${index.pathname} does not export "${exported}" by its name.`);
}

function parse(url: URL): ts.SourceFile {
  return ts.createSourceFile(url.pathname, readFileSync(url, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** As written: the compiler takes the first word of a `@see` for a reference, and keeps it apart. */
function textOf(tag: ts.JSDocTag, file: ts.SourceFile): string {
  return tag
    .getText(file)
    .replace(/^@see\s*/, '')
    .replace(/\s*\n\s*\*? ?/g, ' ');
}
