/** Node's `v8`: nothing of it can be set from a page. */
export = { setFlagsFromString: () => {}, getHeapStatistics: () => ({}), startupSnapshot: { isBuildingSnapshot: () => false } }; // prettier-ignore
