// Modules whose types only newer ways of finding modules reach; what is used of them.

declare module "@arethetypeswrong/core" {
  /** A package as it lies in its tarball. */
  interface Package {
    packageName: string;
  }
  export function createPackageFromTarballData(tarball: Uint8Array): Package;
  export function checkPackage(of: Package): Promise<{ types: false | object; problems: object[] }>;
}

declare module "publint" {
  export function publint(options: { pkgDir: string; pack: false }): Promise<{ messages: object[] }>;
}
