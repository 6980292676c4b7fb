import type { ComponentType } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { Boundary } from '../../ui/boundary.tsx';
import { lazily } from '../../ui/lazily.ts';
import { Loading } from '../../ui/loading.tsx';
import { usePainted } from '../../ui/use-painted.ts';
import { VIEWS, type ViewName, useSelection } from '../selection.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { LineStatus, WIDE } from './line-status.tsx';
import './views.css';

const LOADS: Readonly<Record<ViewName, () => Promise<ComponentType>>> = {
  scene: () => import('./scene-view.tsx').then(({ SceneView }) => SceneView),
  schematic: () => import('./schematic-view.tsx').then(({ SchematicView }) => SchematicView),
  trends: () => import('../trends/trends-view.tsx').then(({ TrendsView }) => TrendsView),
  opcua: () => import('../opcua/opcua-view.tsx').then(({ OpcUaView }) => OpcUaView),
  mqtt: () => import('../mqtt/mqtt-view.tsx').then(({ MqttView }) => MqttView),
  data: () => import('../sql/data-view.tsx').then(({ DataView }) => DataView),
  whatIf: () => import('../what-if/what-if-view.tsx').then(({ WhatIfView }) => WhatIfView),
  rules: () => import('../rules/rules-view.tsx').then(({ RulesView }) => RulesView),
  alarms: () => import('../alarms/alarms-view.tsx').then(({ AlarmsView }) => AlarmsView),
  configuration: () =>
    import('../configuration/configuration-view.tsx').then(({ ConfigurationView }) => ConfigurationView),
};

const PANELS = Object.fromEntries(VIEWS.map((name) => [name, lazily(LOADS[name])])) as Readonly<
  Record<ViewName, ReturnType<typeof lazily>>
>;

/** Fetches the code of a view before it is shown. */
export const fetchView = (name: ViewName): void => PANELS[name].fetch();

/**
 * Where not all tabs fit: the open one is seen, also when an address, a key or another pane opened it. In the next frame,
 * since React puts what is scrolled back to where it was before the focus came here.
 */
function bringIntoSight(tab: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const list = tab?.parentElement;
    if (!tab || !list) return;
    const [its, frame] = [tab.getBoundingClientRect(), list.getBoundingClientRect()];
    if (its.left >= frame.left && its.right <= frame.right) return;
    list.scrollBy({ left: (its.left + its.right - frame.left - frame.right) / 2 });
  });
}

/** The centre: one view at a time, and only the open one follows anything live. The first comes once the desk around it is seen. */
export function Views() {
  const { t } = useWords();
  const { view, openView } = useSelection();
  const isWide = useMedia(WIDE);
  const isPainted = usePainted();
  return (
    <Tabs className="tabs" selectedKey={view} onSelectionChange={(key) => openView(key as ViewName)}>
      <div className="tab-row">
        <TabList className="tab-list" aria-label={t('tabs.label')}>
          {VIEWS.map((name) => (
            <Tab key={name} id={name} ref={name === view ? bringIntoSight : null} className="tab">
              {t(`tabs.${name}`)}
            </Tab>
          ))}
        </TabList>
        {!isWide && <LineStatus />}
      </div>
      {VIEWS.map((name) => {
        const Panel = PANELS[name];
        return (
          <TabPanel key={name} id={name} className="tab-panel">
            <Boundary>{isPainted ? <Panel /> : <Loading />}</Boundary>
          </TabPanel>
        );
      })}
    </Tabs>
  );
}
