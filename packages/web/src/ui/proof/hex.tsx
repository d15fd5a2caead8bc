/** A hash or key, broken where the line ends. */
export const Hex = ({ value }: { value: string }) => <code className="hex">{value}</code>;
