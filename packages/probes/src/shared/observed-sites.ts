export { observedSites, sitesSchema, type SiteSelection } from '@reluctant/core';
