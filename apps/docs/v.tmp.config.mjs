export default { test: { testTimeout: 120000, hookTimeout: 300000 } }
