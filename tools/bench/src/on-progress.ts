/** Called with what is being done, for people who wait. */
export type OnProgress = (message: string) => void;
