import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { subjectOf } from '../data/address.js';
import { view } from '../data/navigation.js';

let shownSubject: string | undefined;

/** The heading of a view. Takes the focus when one comes to another subject, so that a screen reader tells where one is. */
export function Heading({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const subject = subjectOf(view.value);
  // Before the view is painted: whoever sees it can use its keys.
  useLayoutEffect(() => {
    if (shownSubject !== undefined && shownSubject !== subject) {
      heading.current!.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    shownSubject = subject;
  }, [subject]);
  useEffect(() => {
    document.title = `${title} · Reluctant`;
  }, [title]);
  return (
    <h1 tabIndex={-1} ref={heading}>
      <bdi>{children}</bdi>
    </h1>
  );
}
