import { Suspense } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { Boundary } from '../../ui/boundary.tsx';
import { lazily } from '../../ui/lazily.ts';
import { Loading } from '../../ui/loading.tsx';
import { VIEWS, type ViewName, useSelection } from '../selection.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { LineStatus, WIDE } from './line-status.tsx';
import './views.css';

const SceneView = lazily(() => import('./scene-view.tsx').then(({ SceneView }) => SceneView));
const SchematicView = lazily(() => import('./schematic-view.tsx').then(({ SchematicView }) => SchematicView));
const TrendsView = lazily(() => import('../trends/trends-view.tsx').then(({ TrendsView }) => TrendsView));
const OpcUaView = lazily(() => import('../opcua/opcua-view.tsx').then(({ OpcUaView }) => OpcUaView));
const MqttView = lazily(() => import('../mqtt/mqtt-view.tsx').then(({ MqttView }) => MqttView));
const DataView = lazily(() => import('../sql/data-view.tsx').then(({ DataView }) => DataView));
const WhatIfView = lazily(() => import('../what-if/what-if-view.tsx').then(({ WhatIfView }) => WhatIfView));
const RulesView = lazily(() => import('../rules/rules-view.tsx').then(({ RulesView }) => RulesView));
const AlarmsView = lazily(() => import('../alarms/alarms-view.tsx').then(({ AlarmsView }) => AlarmsView));
const ConfigurationView = lazily(() =>
  import('../configuration/configuration-view.tsx').then(({ ConfigurationView }) => ConfigurationView),
);

const PANELS: Readonly<Record<ViewName, React.ComponentType>> = {
  scene: SceneView,
  schematic: SchematicView,
  trends: TrendsView,
  opcua: OpcUaView,
  mqtt: MqttView,
  data: DataView,
  configuration: ConfigurationView,
  rules: RulesView,
  alarms: AlarmsView,
  whatIf: WhatIfView,
};

/** The centre: one view at a time, and only the open one follows anything live. */
export function Views() {
  const { t } = useWords();
  const { view, openView } = useSelection();
  const isWide = useMedia(WIDE);
  return (
    <Tabs className="tabs" selectedKey={view} onSelectionChange={(key) => openView(key as ViewName)}>
      <div className="tab-row">
        <TabList className="tab-list" aria-label={t('tabs.label')}>
          {VIEWS.map((name) => (
            <Tab key={name} id={name} className="tab">
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
            <Boundary>
              <Suspense fallback={<Loading />}>
                <Panel />
              </Suspense>
            </Boundary>
          </TabPanel>
        );
      })}
    </Tabs>
  );
}
