import { useClipboard } from '@mantine/hooks';
import { Button } from '@mantine/core';
import { Card } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';

/** How an auditor checks a pack with tools that are not ours. */
export const VerifyCard = () => {
  const { slug } = useHere();
  const commands = [
    ['unpack', `unzip ${slug}-audit-pack.zip -d ${slug}-pack`],
    ['script', `sh verify.sh ${slug}-pack ${slug}-log-key.pem`],
    ['command', `npx aimwell verify ${slug}-audit-pack.zip --key ${slug}-log-key.pem --against earlier-checkpoint.txt`],
  ] as const;
  return (
    <Card title={t('trail.verify.title')}>
      <ol className="commands">
        {commands.map(([name, command]) => (
          <li key={name}>
            <p className="sm">{t(`trail.verify.${name}`)}</p>
            <CommandLine command={command} />
          </li>
        ))}
      </ol>
      <p className="sm" style={{ marginTop: 12 }}>
        {t('trail.verify.ends')}
      </p>
      <p className="sm mut" style={{ marginTop: 8 }}>
        {t('trail.verify.key')}
      </p>
    </Card>
  );
};

const CommandLine = ({ command }: { command: string }) => {
  const clipboard = useClipboard();
  return (
    <div className="command-line">
      <pre className="proof-bytes" tabIndex={0}>
        {command}
      </pre>
      <Button size="xs" variant="subtle" aria-label={t('trail.verify.copy', { command })} onClick={() => clipboard.copy(command)}>
        {t(clipboard.copied ? 'ui.copied' : 'ui.copy')}
      </Button>
    </div>
  );
};
