; Inno Setup's recipe for the Windows installer: for one user, who need be no administrator.
; `build.py` says Version, Folder, Publisher and Address.

[Setup]
; Never to be changed: by it an installed program is found again, to be updated or removed.
AppId={{6C0E2C2B-5B0C-4F5C-9C53-0D7F4C6E1A51}
AppName=RNN Desk
AppVersion={#Version}
AppPublisher={#Publisher}
AppPublisherURL={#Address}
PrivilegesRequired=lowest
DefaultDirName={autopf}\RNN Desk
DisableProgramGroupPage=yes
UninstallDisplayIcon={app}\RNN Desk.exe
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
; What an older version had, and this one may not have.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\RNN Desk"; Filename: "{app}\RNN Desk.exe"; AppUserModelID: "RNNDesk.RNNDesk"

[Registry]
Root: HKA; Subkey: "Software\Classes\.rnndesk\OpenWithProgids"; ValueType: string; ValueName: "RNNDesk.desk"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\RNNDesk.desk"; ValueType: string; ValueName: ""; ValueData: "RNN Desk"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\RNNDesk.desk\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\RNN Desk.exe"" ""%1"""
; Offered beside what else opens these.
Root: HKA; Subkey: "Software\Classes\.onnx\OpenWithProgids"; ValueType: string; ValueName: "RNNDesk.model"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\RNNDesk.model"; ValueType: string; ValueName: ""; ValueData: "ONNX model"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\RNNDesk.model\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\RNN Desk.exe"" ""%1"""

[Run]
Filename: "{app}\RNN Desk.exe"; Description: "{cm:LaunchProgram,RNN Desk}"; Flags: nowait postinstall skipifsilent
