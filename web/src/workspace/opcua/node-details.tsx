import type { PaneAttribute } from '#contract/opcua-pane.ts';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import type { Asked } from '../../live/use-ask.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { NodeDeeds } from './node-deeds.tsx';
import type { ListedNode } from './opcua-view.tsx';
import type { TreeNode } from './tree-node.ts';
import type { Abilities } from './use-abilities.ts';

interface NodeDetailsProps {
  readonly node: TreeNode | undefined;
  readonly attributes: Asked<readonly PaneAttribute[] | undefined>;
  readonly abilities: Asked<Abilities | undefined>;
  readonly listed: readonly ListedNode[];
  readonly onAdd: (node: ListedNode) => void;
}

/** The attributes of the chosen node, as read from the server. */
export function NodeDetails({ node, ...rest }: NodeDetailsProps) {
  const { t } = useWords();
  return (
    <section aria-labelledby="attributes">
      {node ? (
        <Attributes key={node.node.nodeId} node={node} {...rest} />
      ) : (
        <>
          <h2 id="attributes">{t('opcua.attributes')}</h2>
          <p className="empty">{t('opcua.noNode')}</p>
        </>
      )}
    </section>
  );
}

function Attributes({
  node: { node },
  attributes: read,
  abilities,
  listed,
  onAdd,
}: NodeDetailsProps & { readonly node: TreeNode }) {
  const { t } = useWords();
  const { nodeId, displayName, nodeClass } = node;
  const isListed = listed.some((other) => other.nodeId === nodeId);
  return (
    <>
      <div className="row">
        <h2 id="attributes">{displayName}</h2>
        <span className="grow" />
        <Button className="btn sm" onPress={read.ask}>
          {t('opcua.reread')}
        </Button>
        {nodeClass === 'Variable' && (
          <Button className="btn sm primary" isDisabled={isListed} onPress={() => onAdd({ nodeId, name: displayName })}>
            {isListed ? t('opcua.added') : t('opcua.monitor')}
          </Button>
        )}
      </div>
      <div className="row node-id">
        <code>{nodeId}</code>
        <CopyButton text={nodeId} what={t('opcua.nodeId')} />
      </div>
      <ProblemNote problem={read.problem} onRetry={read.ask} />
      <NodeDeeds key={nodeId} nodeId={nodeId} abilities={abilities} onDone={read.ask} />
      <table className="attributes" aria-label={t('opcua.attributes')}>
        <tbody>
          {read.answer?.map(({ name, value }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="mono">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
