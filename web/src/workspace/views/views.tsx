import { Suspense, lazy } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { Boundary } from '../../ui/boundary.tsx';
import { Loading } from '../../ui/loading.tsx';
import { VIEWS, type ViewName, useSelection } from '../selection.tsx';
import { LineStatus } from './line-status.tsx';
import './views.css';

const SceneView = lazy(() => import('./scene-view.tsx').then(({ SceneView }) => ({ default: SceneView })));
const SchematicView = lazy(() =>
  import('./schematic-view.tsx').then(({ SchematicView }) => ({ default: SchematicView })),
);
const TrendsView = lazy(() => import('../trends/trends-view.tsx').then(({ TrendsView }) => ({ default: TrendsView })));
const OpcUaView = lazy(() => import('../opcua/opcua-view.tsx').then(({ OpcUaView }) => ({ default: OpcUaView })));
const MqttView = lazy(() => import('../mqtt/mqtt-view.tsx').then(({ MqttView }) => ({ default: MqttView })));
const DataView = lazy(() => import('../sql/data-view.tsx').then(({ DataView }) => ({ default: DataView })));
const WhatIfView = lazy(() =>
  import('../what-if/what-if-view.tsx').then(({ WhatIfView }) => ({ default: WhatIfView })),
);
const RulesView = lazy(() => import('../rules/rules-view.tsx').then(({ RulesView }) => ({ default: RulesView })));
const AlarmsView = lazy(() => import('../alarms/alarms-view.tsx').then(({ AlarmsView }) => ({ default: AlarmsView })));
const ConfigurationView = lazy(() =>
  import('../configuration/configuration-view.tsx').then(({ ConfigurationView }) => ({ default: ConfigurationView })),
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
        <LineStatus />
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
